package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.store.BuildStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Jobs of builds that have begun which wait for something else than a place: other jobs, somebody, a time. */
final class WaitingJobs {
    private final BuildStore builds;

    WaitingJobs(BuildStore builds) {
        this.builds = builds;
    }

    /** What waits for places, and behind it what waits for something else, at most so many entries. */
    List<QueueEntry> after(List<QueueEntry> forPlaces, int limit) {
        List<QueueEntry> entries = new ArrayList<>(forPlaces);
        Set<String> known = new HashSet<>();
        forPlaces.forEach(entry -> known.add(entry.build() + " " + entry.job().orElse("")));
        for (Build build : entries.size() < limit ? builds.running(limit) : List.<Build>of()) {
            JobGraph graph = new JobGraph(build.jobs());
            for (int index = 0; index < build.jobs().size() && entries.size() < limit; index++) {
                Job job = build.jobs().get(index);
                if (!known.contains(build.id() + " " + job.name())) {
                    why(job, graph, index).ifPresent(why -> entries.add(entry(build, job, why)));
                }
            }
        }
        return entries;
    }

    private static Optional<QueueEntry.Why> why(Job job, JobGraph graph, int index) {
        Instant due = job.course().due().orElse(Instant.EPOCH);
        return switch (job.state()) {
            case MANUAL -> Optional.of(new QueueEntry.Somebody(due));
            case DELAYED -> Optional.of(new QueueEntry.Time(due));
            case QUEUED ->
                Optional.of(graph.awaited(index))
                        .filter(awaited -> graph.next(index) == JobGraph.Next.WAIT && !awaited.isEmpty())
                        .map(QueueEntry.Jobs::new);
            case RUNNING, SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED, SKIPPED -> Optional.empty();
        };
    }

    private static QueueEntry entry(Build build, Job job, QueueEntry.Why why) {
        return new QueueEntry(
                build.id(),
                build.project(),
                build.submittedBy(),
                Optional.of(job.name()),
                OptionalInt.empty(),
                build.started().orElse(build.created()),
                build.request().priority(),
                why);
    }
}
