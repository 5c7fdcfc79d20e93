package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.channel.ChannelCommand;
import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.dashboard.house.RouterQuestions;
import io.sallyport.gateway.dashboard.screen.Look;
import io.sallyport.gateway.dashboard.text.TextMode;
import io.sallyport.gateway.exec.JobShell;
import io.sallyport.gateway.exec.Outputs;
import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.gateway.transport.Peer;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.LimitHits;
import io.sallyport.handlers.Plain;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.sshd.server.channel.ChannelSession;

/** One dashboard on one channel, from its terminal's size to its exit status. */
final class DashboardCommand extends ChannelCommand {
    private final Router router;
    private final LimitHits hits;
    private final Bounds bounds;
    private final Clock clock;
    private final JobShell shells;
    private final Semaphore places;
    private final String line;

    DashboardCommand(
            Router router,
            LimitHits hits,
            Bounds bounds,
            Clock clock,
            JobShell shells,
            Semaphore places,
            String line,
            ChannelInput input) {
        super("dashboard", input);
        this.router = router;
        this.hits = hits;
        this.bounds = bounds;
        this.clock = clock;
        this.shells = shells;
        this.places = places;
        this.line = line;
    }

    @Override
    protected int serve(ChannelSession channel) throws IOException, InterruptedException {
        if (!(channel instanceof GatewayChannel known)) {
            throw new IllegalStateException("a channel of another server");
        }
        if (!known.hasTerminal()) {
            return refuse(known, Problem.badRequest("the dashboard needs a terminal: ssh -t HOST"));
        }
        return switch (Wishes.of(line)) {
            case Wishes.Misunderstood wrong -> refuse(known, wrong.problem());
            case Wishes.Understood understood -> admit(known, understood.wishes());
        };
    }

    private int admit(GatewayChannel channel, Wishes wishes) throws IOException, InterruptedException {
        Caller caller = Peer.caller(channel, "shell");
        if (!places.tryAcquire()) {
            Problem problem = tooMany();
            hits.hit(problem.type(), Optional.of(caller.identity()), caller.address());
            return refuse(channel, problem);
        }
        try {
            Look look = wishes.on(Look.of(channel.variables()));
            RouterQuestions questions = new RouterQuestions(router, caller);
            if (look.plain()) {
                return new TextMode(
                                questions,
                                new TypedRequests(
                                        router,
                                        caller,
                                        Outputs.of(channel, true).out()),
                                PacketOutput.standard(channel),
                                clock,
                                bounds.rows(),
                                bounds.idle(),
                                this::stop)
                        .serve(input());
            }
            Screen screen = new Screen(bounds, clock, questions, look, shells, this::stop);
            return screen.serve(channel, input());
        } finally {
            places.release();
        }
    }

    private Problem tooMany() {
        return Problem.of(
                        429,
                        "too-many-dashboards",
                        "Too many dashboards",
                        "as many dashboards are open as there may be, " + bounds.atOnce() + " (dashboard.atOnce)")
                .retryAfter(Duration.ofMinutes(1));
    }

    private static int refuse(GatewayChannel channel, Problem problem) throws IOException {
        PacketOutput err = PacketOutput.error(channel);
        String text = channel.hasTerminal() ? Plain.problem(problem).replace("\n", "\r\n") : problem.toJson() + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        err.put(bytes, 0, bytes.length);
        err.flush();
        return ExitStatus.of(problem.status());
    }
}
