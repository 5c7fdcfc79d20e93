package io.sallyport.gateway.exec;

import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.gateway.transport.Peer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.RequestLine;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
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

/** One request on one exec channel. MINA calls on an I/O thread; the request has a virtual thread of its own. */
final class ExecCommand implements Command, AsyncCommandStreamsAware {
    private static final Logger LOG = LoggerFactory.getLogger(ExecCommand.class);

    private static final Problem CUT_OFF = Problem.of(
            503,
            "cut-off",
            "The answer was cut off",
            "not all could be sent; ask again, for a log from its last offset");

    private final Router router;
    private final String line;
    private final int longestLine;
    private final int success;
    private final ChannelBody body;
    private @Nullable IoOutputStream out;
    private @Nullable IoOutputStream err;
    private @Nullable ExitCallback exit;
    private volatile @Nullable Thread thread;

    /** A request; {@code success} is the exit status when all went well. */
    ExecCommand(Router router, String line, int longestLine, int success, ChannelBody body) {
        this.router = router;
        this.line = line;
        this.longestLine = longestLine;
        this.success = success;
        this.body = body;
    }

    /** Never called: the channel has a receiver of its own. */
    @Override
    public void setIoInputStream(IoInputStream stream) {}

    @Override
    public void setIoOutputStream(IoOutputStream stream) {
        this.out = stream;
    }

    @Override
    public void setIoErrorStream(IoOutputStream stream) {
        this.err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    /** Never called: the streams are asynchronous. */
    @Override
    public void setOutputStream(OutputStream stream) {}

    /** Never called: the streams are asynchronous. */
    @Override
    public void setErrorStream(OutputStream stream) {}

    /** Never called: the channel has a receiver of its own. */
    @Override
    public void setInputStream(InputStream stream) {}

    @Override
    public void start(ChannelSession channel, Environment environment) {
        thread = Thread.ofVirtual().name("exec-" + channel).start(() -> run(channel));
    }

    /** The channel goes down, which it also does after every request. */
    @Override
    public void destroy(ChannelSession channel) {
        body.close();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run(ChannelSession channel) {
        boolean terminal = channel instanceof GatewayChannel known && known.hasTerminal();
        Outputs outputs = outputs(channel, terminal);
        int status;
        try {
            status = serve(channel, outputs, terminal);
        } catch (IOException e) {
            status = cutOff(outputs, terminal, e);
        } catch (InterruptedException e) {
            status = ExitStatus.of(CUT_OFF.status()); // nobody is there to read it
        } catch (RuntimeException e) {
            LOG.error("a bug while answering", e);
            status = ExitStatus.of(500);
        }
        end(outputs, status == ExitStatus.OK ? success : status);
    }

    private void end(Outputs outputs, int status) {
        ExitCallback callback = exit;
        if (callback == null) {
            throw new IllegalStateException("started without a callback");
        }
        try {
            outputs.end(() -> {
                thread = null; // the channel's end, which the exit brings about, is no reason to interrupt it
                callback.onExit(status);
            });
        } catch (IOException e) {
            LOG.debug("answer cut off", e);
            thread = null;
            callback.onExit(status);
        }
    }

    /** What was read has failed in the middle, or the peer is gone; only in the first case this reaches anybody. */
    private static int cutOff(Outputs outputs, boolean terminal, IOException why) {
        LOG.debug("answer cut off", why);
        try {
            return new ResponseWriter(outputs, terminal).problem(CUT_OFF);
        } catch (IOException e) {
            return ExitStatus.of(CUT_OFF.status());
        }
    }

    private int serve(ChannelSession channel, Outputs outputs, boolean terminal)
            throws IOException, InterruptedException {
        RequestLine.Read read = line.length() > longestLine
                ? new RequestLine.Misunderstood(
                        Problem.badRequest("the request is longer than " + longestLine + " characters"))
                : RequestLine.of(line);
        return switch (read) {
            case RequestLine.Misunderstood wrong ->
                new ResponseWriter(outputs, terminal).write(new Response.Failed(wrong.problem()));
            case RequestLine.Understood understood -> answer(channel, outputs, terminal, understood.request());
        };
    }

    private int answer(ChannelSession channel, Outputs outputs, boolean terminal, RequestLine request)
            throws IOException, InterruptedException {
        String format = request.parameters().getOrDefault("format", terminal ? "text" : "json");
        Call call = new Call(
                Peer.caller(channel.getSession(), "exec"),
                request.method(),
                request.path(),
                request.parameters(),
                body,
                terminal);
        return new ResponseWriter(outputs, format.equals("text")).write(router.handle(call));
    }

    private Outputs outputs(ChannelSession channel, boolean terminal) {
        IoOutputStream standard = out;
        IoOutputStream error = err;
        if (standard == null || error == null) {
            throw new IllegalStateException("started without streams");
        }
        return Outputs.of(channel, standard, error, terminal);
    }
}
