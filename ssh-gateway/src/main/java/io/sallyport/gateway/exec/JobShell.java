package io.sallyport.gateway.exec;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.gateway.transport.Peer;
import io.sallyport.handlers.Answer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.Entrance;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Lets who sits at a channel into a job, and gives the channel back when they have left it. Any thread. */
public final class JobShell {
    private final Router router;
    private final Duration idle;

    /**
     * Asks the router.
     *
     * @param idle without a byte either way for so long, a shell ends
     */
    public JobShell(Router router, Duration idle) {
        this.router = router;
        this.idle = idle;
    }

    /** What has come of it. */
    public sealed interface Outcome {
        /** They were in; the status is the shell's, or what stands for it. */
        record Left(int status) implements Outcome {}

        /** They were not let in. */
        record Refused(Problem problem) implements Outcome {}
    }

    /**
     * Goes on until either side ends the shell.
     *
     * @param input of the channel, which nobody else reads meanwhile
     * @throws IOException when the peer is gone
     * @throws InterruptedException when the peer is gone
     */
    public Outcome enter(GatewayChannel channel, ChannelInput input, long build, String job)
            throws IOException, InterruptedException {
        Answer answer = router.handle(new Call(
                Peer.caller(channel, Caller.EXEC),
                Method.POST,
                "/builds/" + build + "/" + job + "/shell",
                Map.of(),
                InputStream.nullInputStream(),
                true));
        return switch (answer.response()) {
            case Response.Entered entered -> converse(channel, input, answer, entered.entrance());
            case Response.Failed failed -> {
                answer.given(0, 0);
                yield new Outcome.Refused(failed.problem());
            }
            case Response.Document _,
                    Response.Page _,
                    Response.Records _,
                    Response.Bytes _,
                    Response.Followed _,
                    Response.Text _,
                    Response.Empty _ -> throw new IllegalStateException("no answer to who wants in");
        };
    }

    /** The same for a request that has been answered. */
    Outcome converse(GatewayChannel channel, ChannelInput input, Answer answer, Entrance entrance)
            throws IOException, InterruptedException {
        answer.yieldPlace();
        long before = input.taken();
        Conversation conversation = new Conversation(channel, input, entrance, idle);
        AtomicReference<Problem> refused = new AtomicReference<>();
        try (entrance) {
            int status = conversation.hold(problem -> {
                refused.set(problem);
                return 0;
            });
            Problem problem = refused.get();
            return problem == null ? new Outcome.Left(status) : new Outcome.Refused(problem);
        } finally {
            answer.given(input.taken() - before, conversation.written());
        }
    }
}
