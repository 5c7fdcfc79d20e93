package io.sallyport.gateway.exec;

import io.sallyport.gateway.channel.ChannelCommand;
import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.gateway.transport.Peer;
import io.sallyport.handlers.Answer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.Entrance;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.RequestLine;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
import java.io.IOException;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on one exec channel. */
final class ExecCommand extends ChannelCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ExecCommand.class);

    /** As shells have it for a program ended by SIGINT. */
    private static final int INTERRUPTED = 130;

    private static final Problem CUT_OFF = Problem.of(
            503,
            "cut-off",
            "The answer was cut off",
            "not all could be sent; ask again, for a log from its last offset");

    private final Router router;
    private final String line;
    private final int longestLine;
    private final int success;
    private final JobShell shells;
    private @Nullable Outputs outputs;

    /**
     * A request.
     *
     * @param success the exit status when all went well
     * @param shells lets in who wants into a job
     */
    ExecCommand(Router router, String line, int longestLine, int success, JobShell shells, ChannelInput body) {
        super("exec", body);
        this.router = router;
        this.line = line;
        this.longestLine = longestLine;
        this.success = success;
        this.shells = shells;
    }

    @Override
    protected int serve(ChannelSession channel) throws InterruptedException {
        boolean terminal = channel instanceof GatewayChannel known && known.hasTerminal();
        Outputs both = Outputs.of(channel, terminal);
        outputs = both;
        if (terminal) {
            input().onInterrupt(() -> stop(INTERRUPTED));
        }
        try {
            int status = serve(channel, both, terminal);
            return status == ExitStatus.OK ? success : status;
        } catch (IOException e) {
            return isStopped() ? INTERRUPTED : cutOff(both, terminal, e);
        }
    }

    @Override
    protected void end(ChannelSession channel, Runnable exit) throws IOException {
        Outputs both = outputs;
        if (both == null) {
            exit.run();
        } else {
            both.end(channel, exit);
        }
    }

    /** What was read has failed in the middle, or the peer is gone; only in the first case this reaches anybody. */
    private static int cutOff(Outputs both, boolean terminal, IOException why) {
        LOG.debug("answer cut off", why);
        try {
            return new ResponseWriter(both, terminal).problem(CUT_OFF);
        } catch (IOException e) {
            return ExitStatus.of(CUT_OFF.status());
        }
    }

    private int serve(ChannelSession channel, Outputs both, boolean terminal) throws IOException, InterruptedException {
        RequestLine.Read read = line.length() > longestLine
                ? new RequestLine.Misunderstood(
                        Problem.badRequest("the request is longer than " + longestLine + " characters"))
                : RequestLine.of(line);
        return switch (read) {
            case RequestLine.Misunderstood wrong ->
                new ResponseWriter(both, terminal).write(new Response.Failed(wrong.problem()));
            case RequestLine.Understood understood -> answer(channel, both, terminal, understood.request());
        };
    }

    private int converse(ChannelSession channel, Answer answer, Entrance entrance, ResponseWriter problems)
            throws IOException, InterruptedException {
        if (!(channel instanceof GatewayChannel known)) {
            throw new IllegalStateException("a channel of another server");
        }
        return switch (shells.converse(known, input(), answer, entrance)) {
            case JobShell.Outcome.Left left -> left.status();
            case JobShell.Outcome.Refused refused -> problems.problem(refused.problem());
        };
    }

    private int answer(ChannelSession channel, Outputs both, boolean terminal, RequestLine request)
            throws IOException, InterruptedException {
        String format = request.parameters().getOrDefault("format", terminal ? "text" : "json");
        Call call = new Call(
                Peer.caller(channel, Caller.EXEC),
                request.method(),
                request.path(),
                request.parameters(),
                input(),
                terminal);
        Answer answer = router.handle(call);
        if (answer.response() instanceof Response.Entered entered) {
            return converse(channel, answer, entered.entrance(), new ResponseWriter(both, format.equals("text")));
        }
        try {
            return new ResponseWriter(both, format.equals("text")).write(answer.response());
        } finally {
            answer.given(input().taken(), both.written());
        }
    }
}
