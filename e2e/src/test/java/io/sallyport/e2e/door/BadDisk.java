package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Path;

/** A disk that does not keep what it is given, as one process sees it: strace(1) makes its calls of fsync fail. */
final class BadDisk implements AutoCloseable {
    private final Running strace;

    private BadDisk(Running strace) {
        this.strace = strace;
    }

    /**
     * Makes the calls for one file or folder fail with EIO, from now on.
     *
     * @param of the process
     * @param from the first of each thread that fails, from 1
     */
    static BadDisk under(Path path, Running of, int from) throws IOException, InterruptedException {
        Program.need("strace");
        Running strace = Program.of("strace", "-f", "-P", path.toString(), "-e", "trace=fsync,fdatasync")
                .with("-e", "inject=fsync,fdatasync:error=EIO:when=" + from + "+", "-p", Long.toString(of.pid()))
                .start();
        strace.err().await("attached");
        return new BadDisk(strace);
    }

    /** Returns when a call has failed. */
    void awaitFailure() throws InterruptedException {
        strace.err().await("(INJECTED)");
    }

    /** From now on it works again, as a disk does that has dropped what it could not write. */
    @Override
    public void close() {
        strace.terminate().awaitExit();
        strace.close();
    }
}
