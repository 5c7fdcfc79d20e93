package io.sallyport.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** One run of the {@code ssh} program as a channel. */
final class SshProcess implements Channel {
    /** What {@code ssh(1)} ends with when it failed itself; the gateway never does. */
    private static final int SSH_FAILED = 255;

    /** A process that died of signal N ends with 128 + N; the gateway's statuses are all below. */
    private static final int KILLED = 128;

    private final Process process;
    private final Consumer<SshProcess> ended;

    SshProcess(Process process, Consumer<SshProcess> ended) {
        this.process = process;
        this.ended = ended;
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public InputStream errors() {
        return process.getErrorStream();
    }

    @Override
    public OptionalInt await() throws InterruptedException {
        int status = process.waitFor();
        return status == SSH_FAILED || status > KILLED ? OptionalInt.empty() : OptionalInt.of(status);
    }

    @Override
    public void close() {
        process.destroy();
        ended.accept(this);
    }
}
