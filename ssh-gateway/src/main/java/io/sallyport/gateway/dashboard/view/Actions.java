package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.handlers.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/** What can be done about a build, from any view that shows it. Whether it may be done is decided when it is asked for, and told. */
final class Actions {
    private final Seat seat;
    private final LongFunction<Step> retried;

    /** What is shown stays when a build is retried. */
    Actions(Seat seat) {
        this(seat, id -> new Step.Say("retried as build " + id, Tone.GOOD));
    }

    /** {@code retried} is what the new build's number leads to. */
    Actions(Seat seat, LongFunction<Step> retried) {
        this.seat = seat;
        this.retried = retried;
    }

    /** What a key does about a build, or a job of it; {@code job} is empty for the build as a whole. */
    Step key(Key key, long build, String job) {
        if (key.is('c')) {
            return cancel(build);
        }
        if (key.is('r')) {
            return retry(build);
        }
        if (key.is('s')) {
            return start(build, job);
        }
        return new Step.Unknown();
    }

    private Step cancel(long build) {
        return new Step.Ask(new Prompt.Text(
                "cancel build " + build + "; why? (Enter cancels it, Esc does not)",
                reason -> done(
                        Method.DELETE,
                        "/builds/" + build,
                        reason.isEmpty() ? Map.of() : Map.of("reason", reason),
                        told -> "build " + build + " is canceled, or about to be")));
    }

    private Step retry(long build) {
        Step all = retried(build, "all");
        Step failed = retried(build, "failed");
        return new Step.Ask(new Prompt.Choice(
                "retry build " + build + ": f what has not succeeded, a all jobs, Esc nothing",
                Map.of('f', failed, 'a', all)));
    }

    private Step retried(long build, String jobs) {
        return asked(
                Method.POST,
                "/builds/" + build + "/retry",
                Map.of("jobs", jobs),
                told -> retried.apply(told.body().path("id").asLong()));
    }

    private Step start(long build, String job) {
        if (job.isEmpty()) {
            return new Step.Say("first choose a job that waits for somebody", Tone.WAITING);
        }
        Step yes = done(
                Method.POST,
                "/builds/" + build + "/start",
                Map.of("job", job),
                told -> "job " + job + " of build " + build + " is started");
        return new Step.Ask(
                new Prompt.Choice("start job " + job + " of build " + build + "? y yes, Esc no", Map.of('y', yes)));
    }

    private Step done(
            Method method, String path, Map<String, String> parameters, Function<Reply.Told, String> outcome) {
        return asked(method, path, parameters, told -> new Step.Say(outcome.apply(told), Tone.GOOD));
    }

    private Step asked(Method method, String path, Map<String, String> parameters, Function<Reply.Told, Step> outcome) {
        return new Step.Do(() -> switch (seat.questions().ask(method, path, parameters)) {
            case Reply.Told told -> outcome.apply(told);
            case Reply.Refused refused -> Step.refused(refused.problem());
        });
    }

    /** The keys for that; none for who can do nothing of it. */
    List<View.Hint> hints() {
        return seat.who().builds()
                ? new ArrayList<>(
                        List.of(new View.Hint("c", "cancel"), new View.Hint("r", "retry"), new View.Hint("s", "start")))
                : new ArrayList<>();
    }
}
