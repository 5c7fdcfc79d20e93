package io.sallyport.builds.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A project that competes for places: its jobs that wait and those that run. Not for use by several threads at once. */
final class Contender {
    private final SortedSet<Seeker> waiting = new TreeSet<>(Seeker.ORDER);
    private final Map<String, Seeker> groups = new HashMap<>();
    private final String project;
    private Share share;
    private int running;
    /** Rises with each turn, the slower the greater the weight. */
    private double turns;

    Contender(String project, Share share) {
        this.project = project;
        this.share = share;
    }

    String project() {
        return project;
    }

    Share share() {
        return share;
    }

    void share(Share now) {
        share = now;
    }

    SortedSet<Seeker> waiting() {
        return waiting;
    }

    int running() {
        return running;
    }

    double turns() {
        return turns;
    }

    /** One that comes back has saved up no turns. */
    void joins(double now) {
        turns = Math.max(turns, now);
    }

    boolean idle() {
        return waiting.isEmpty() && running == 0;
    }

    /** Whether it may have no further place. */
    boolean full() {
        return share.paused().isPresent() || running >= share.atOnce();
    }

    /** The job that has the group, if one does. */
    Optional<Seeker> holder(String group) {
        return Optional.ofNullable(groups.get(group));
    }

    /** The first that may run now, as far as the project is concerned. */
    Optional<Seeker> first(Predicate<Seeker> may) {
        if (full()) {
            return Optional.empty();
        }
        return waiting.stream()
                .filter(seeker -> seeker.group().flatMap(this::holder).isEmpty())
                .filter(may)
                .findFirst();
    }

    /** It has a place now. */
    void begin(Seeker seeker) {
        waiting.remove(seeker);
        running++;
        turns += 1.0 / share.weight();
        seeker.group().ifPresent(group -> groups.put(group, seeker));
    }

    void end(Seeker seeker) {
        running--;
        seeker.group().ifPresent(groups::remove);
    }
}
