package io.sallyport.gateway.exec;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.transport.Forwarding;
import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.gateway.transport.Peer;
import io.sallyport.handlers.Answer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.Entrance;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects with ports of jobs and nothing else: {@code ssh -L 8080:42.test:3000} means port 3000 of the job {@code test} of
 * build 42. Each connection is a request like any other.
 */
public final class JobPorts implements Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(JobPorts.class);
    private static final Pattern HOST = Pattern.compile("(\\d{1,18})\\.(.{1,256})");
    /** Would be the job {@code 0.0.1} of build 127, which nobody has meant unless it is there. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Reply NO_JOB =
            prohibited("only ports that a job declares can be reached, as ID.JOB:PORT: ssh -L 8080:42.test:3000");

    private final Router router;
    private final Duration idle;

    /**
     * Asks the router.
     *
     * @param idle without a byte either way for so long, a connection ends
     */
    public JobPorts(Router router, Duration idle) {
        this.router = router;
        this.idle = idle;
    }

    @Override
    public Reply ask(GatewayChannel channel, String host, long port) throws IOException, InterruptedException {
        Matcher job = HOST.matcher(host);
        if (!job.matches()) {
            LOG.info("forwarding refused host={} port={} session={}", host, port, channel.getSession());
            // No such thing, and denied like any other request that means nothing here: auditors want to know of it.
            ask(channel, "/hosts/" + host + "/ports/" + port).given(0, 0);
            return NO_JOB;
        }
        Answer answer = ask(channel, "/builds/" + job.group(1) + "/" + job.group(2) + "/ports/" + port);
        return switch (answer.response()) {
            case Response.Entered entered -> {
                answer.yieldPlace();
                yield new Reply.Connected(
                        new Connection(channel, ChannelInput.of(channel), answer, entered.entrance(), idle));
            }
            case Response.Failed failed -> {
                answer.given(0, 0);
                yield ADDRESS.matcher(host).matches()
                        ? NO_JOB
                        : prohibited(failed.problem().detail());
            }
            case Response.Document _,
                    Response.Page _,
                    Response.Records _,
                    Response.Bytes _,
                    Response.Followed _,
                    Response.Text _,
                    Response.Empty _ -> throw new IllegalStateException("no answer to a connection");
        };
    }

    private static Reply prohibited(String words) {
        return new Reply.Refused(SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, words);
    }

    private Answer ask(GatewayChannel channel, String path) throws IOException, InterruptedException {
        return router.handle(new Call(
                Peer.caller(channel, Caller.FORWARDED),
                Method.POST,
                path,
                Map.of(),
                InputStream.nullInputStream(),
                false));
    }

    private record Connection(
            GatewayChannel channel, ChannelInput input, Answer answer, Entrance entrance, Duration idle)
            implements Talk {
        @Override
        public void hold() throws IOException, InterruptedException {
            Conversation conversation = new Conversation(channel, input, entrance, idle);
            channel.addCloseFutureListener(closed -> input.close());
            try (entrance) {
                int status = conversation.hold(problem -> {
                    LOG.info("connection refused: {}", problem.detail());
                    return ExitStatus.of(problem.status());
                });
                LOG.debug("connection of {} ended with {}", channel, status);
            } finally {
                answer.given(input.taken(), conversation.written());
            }
        }

        @Override
        public void close() {
            entrance.close();
        }
    }
}
