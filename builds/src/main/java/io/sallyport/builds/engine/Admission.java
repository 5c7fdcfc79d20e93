package io.sallyport.builds.engine;

import io.sallyport.builds.Project;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.Refusal.QueueFull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets submissions in as long as the queue has room for their builds. May be used by any thread. */
final class Admission {
    private final Scheduler scheduler;
    private final EngineSettings settings;
    private final List<Entry> underWay = new ArrayList<>(); // guarded by this

    Admission(Scheduler scheduler, EngineSettings settings) {
        this.scheduler = scheduler;
        this.settings = settings;
    }

    /** A submission that is being received. */
    private record Entry(String project, String identity) {}

    /** Counts a submission in, unless it is refused; it must {@link #leave} when its build waits, or has come to nothing. */
    synchronized Optional<Refusal> enter(Project project, String identity) {
        Optional<Refusal> refusal = over(settings.queue(), QueueFull.Of.GATEWAY, entry -> true)
                .or(() -> over(
                        settings.queuePerIdentity(),
                        QueueFull.Of.IDENTITY,
                        entry -> entry.identity().equals(identity)))
                .or(() -> over(
                        project.settings().queue().orElse(Integer.MAX_VALUE),
                        QueueFull.Of.PROJECT,
                        entry -> entry.project().equals(project.name())));
        if (refusal.isEmpty()) {
            underWay.add(new Entry(project.name(), identity));
        }
        return refusal;
    }

    synchronized void leave(Project project, String identity) {
        underWay.remove(new Entry(project.name(), identity));
    }

    private Optional<Refusal> over(long limit, QueueFull.Of whose, Predicate<Entry> counts) {
        long waiting = underWay.stream().filter(counts).count()
                + scheduler.waiting(seeker -> counts.test(new Entry(seeker.project(), seeker.identity())));
        return waiting >= limit ? Optional.of(new QueueFull(limit, whose)) : Optional.empty();
    }
}
