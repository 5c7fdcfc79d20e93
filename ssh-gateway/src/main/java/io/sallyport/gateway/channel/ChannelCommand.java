package io.sallyport.gateway.channel;

import io.sallyport.handlers.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AsyncCommandStreamsAware;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What answers on a channel. MINA calls on an I/O thread; the answering has a virtual thread of its own, which is
 * interrupted when the channel goes down. Its input is a {@link ChannelInput}, what it sends goes through
 * {@link PacketOutput}, and none of MINA's own streams is used.
 */
public abstract class ChannelCommand implements Command, AsyncCommandStreamsAware {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelCommand.class);

    private final String name;
    private final ChannelInput input;
    private @Nullable ExitCallback exit;
    private volatile @Nullable Thread thread;
    private volatile int stopped;

    /** Answers what comes in; {@code name} is for thread dumps. */
    protected ChannelCommand(String name, ChannelInput input) {
        this.name = name;
        this.input = input;
    }

    /**
     * Answers, on the channel's own thread.
     *
     * @return the exit status
     * @throws IOException when the peer is gone, or what is read fails in the middle
     * @throws InterruptedException when the peer is gone
     */
    protected abstract int serve(ChannelSession channel) throws IOException, InterruptedException;

    /**
     * Brings the channel to its end; {@code exit} sends the exit status and closes it.
     *
     * @throws IOException when the peer is gone; the exit is then done all the same
     */
    protected void end(ChannelSession channel, Runnable exit) throws IOException {
        exit.run();
    }

    /** Ends the answer before its time, with that exit status. May be called from any thread. */
    protected final void stop(int status) {
        stopped = status;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Whether {@link #stop} has been called. */
    protected final boolean isStopped() {
        return stopped != 0;
    }

    /** What the peer sends. */
    protected final ChannelInput input() {
        return input;
    }

    @Override
    public final void start(ChannelSession channel, Environment environment) {
        thread = Thread.ofVirtual().name(name + "-" + channel).start(() -> run(channel));
    }

    /** The channel goes down, which it also does after every answer. */
    @Override
    public final void destroy(ChannelSession channel) {
        input.close();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public final void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    /** Not used. */
    @Override
    public final void setIoInputStream(IoInputStream stream) {}

    /** Not used. */
    @Override
    public final void setIoOutputStream(IoOutputStream stream) {}

    /** Not used. */
    @Override
    public final void setIoErrorStream(IoOutputStream stream) {}

    /** Not used. */
    @Override
    public final void setInputStream(InputStream stream) {}

    /** Not used. */
    @Override
    public final void setOutputStream(OutputStream stream) {}

    /** Not used. */
    @Override
    public final void setErrorStream(OutputStream stream) {}

    private void run(ChannelSession channel) {
        int status = ExitStatus.of(500);
        try {
            status = serve(channel);
        } catch (IOException | InterruptedException e) {
            LOG.debug("{} cut off: {}", name, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a bug while answering", e);
        }
        if (isStopped()) {
            Thread.interrupted(); // what is left to send needs a thread that can wait
            status = stopped;
        }
        end(channel, status);
    }

    private void end(ChannelSession channel, int status) {
        ExitCallback callback = exit;
        if (callback == null) {
            throw new IllegalStateException("started without a callback");
        }
        Runnable leave = () -> {
            thread = null; // the channel's end, which the exit brings about, is no reason to interrupt it
            callback.onExit(status);
        };
        try {
            end(channel, leave);
        } catch (IOException e) {
            LOG.debug("{} cut off: {}", name, String.valueOf(e.getMessage()));
            leave.run();
        }
    }
}
