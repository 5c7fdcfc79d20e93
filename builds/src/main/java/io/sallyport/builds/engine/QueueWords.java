package io.sallyport.builds.engine;

import io.sallyport.builds.Pause;
import io.sallyport.builds.engine.QueueEntry.Holder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Says of the jobs that wait for a place at which position they do, and why. */
final class QueueWords {
    private final JobQueue queue;
    private final Set<Long> notBegun;
    private final boolean closing;

    QueueWords(JobQueue queue, Set<Long> notBegun, boolean closing) {
        this.queue = queue;
        this.notBegun = notBegun;
        this.closing = closing;
    }

    /** A build that has not begun is one entry, whichever of its jobs would begin it. */
    List<QueueEntry> entries(int limit) {
        List<Holder> holders = queue.running().stream()
                .sorted(Comparator.comparingLong(Seeker::build).thenComparingInt(Seeker::index))
                .map(QueueWords::holder)
                .toList();
        List<QueueEntry> entries = new ArrayList<>();
        Set<Long> shown = new HashSet<>();
        for (Seeker seeker : queue.preview(limit)) {
            boolean begun = !notBegun.contains(seeker.build());
            if (begun || shown.add(seeker.build())) {
                entries.add(new QueueEntry(
                        seeker.build(),
                        seeker.project(),
                        seeker.identity(),
                        begun ? Optional.of(seeker.job()) : Optional.empty(),
                        OptionalInt.of(entries.size() + 1),
                        seeker.since(),
                        seeker.priority(),
                        why(seeker, holders, entries.size())));
            }
        }
        return entries;
    }

    private QueueEntry.Why why(Seeker seeker, List<Holder> holders, int before) {
        if (closing) {
            return new QueueEntry.Closing();
        }
        Optional<Contender> project = queue.contender(seeker);
        Optional<Pause> pause = project.flatMap(of -> of.share().paused());
        if (pause.isPresent()) {
            return new QueueEntry.Paused(pause.get());
        }
        Optional<Seeker> holder = project.flatMap(of -> seeker.group().flatMap(of::holder));
        if (holder.isPresent()) {
            return new QueueEntry.GroupTaken(seeker.group().orElseThrow(), holder(holder.get()));
        }
        if (project.isPresent() && project.get().full()) {
            return new QueueEntry.ProjectFull(project.get().share().atOnce());
        }
        if (queue.runningOf(seeker.identity()) >= queue.bounds().perIdentity()) {
            return new QueueEntry.IdentityFull(seeker.identity(), queue.bounds().perIdentity());
        }
        return new QueueEntry.PlacesTaken(queue.bounds().atOnce(), holders, before);
    }

    private static Holder holder(Seeker seeker) {
        return new Holder(seeker.build(), seeker.project(), seeker.job());
    }
}
