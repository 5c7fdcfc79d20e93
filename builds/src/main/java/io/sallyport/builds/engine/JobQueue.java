package io.sallyport.builds.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Jobs that wait for a place, those that have one, and whose turn is next: the project with the fewest running jobs for
 * its weight, among equals the one that has had the fewest turns for its weight; within a project the highest priority,
 * then the oldest build, then the order of its plan. A job whose resource group is taken, whose project or identity has
 * all the places it may, lets others go first. Not for use by several threads at once.
 */
final class JobQueue {
    private final Bounds bounds;
    private final Function<String, Share> shares;
    private final Map<String, Contender> contenders = new TreeMap<>();
    private final Map<Seeker.Key, Seeker> waiting = new HashMap<>();
    private final Map<Seeker.Key, Seeker> running = new HashMap<>();
    private final Map<String, Integer> runningOf = new HashMap<>(); // by identity
    private double now; // the turns of the project that came last

    /**
     * An empty queue.
     *
     * @param shares what a project may have; asked when it begins to compete
     */
    JobQueue(Bounds bounds, Function<String, Share> shares) {
        this.bounds = bounds;
        this.shares = shares;
    }

    /**
     * How many places there are.
     *
     * @param atOnce all together, from 1
     * @param perIdentity of the builds that one has submitted, from 1
     */
    record Bounds(int atOnce, int perIdentity) {}

    Bounds bounds() {
        return bounds;
    }

    /** What a project may have from now on. */
    void share(String project, Share share) {
        Contender contender = contenders.get(project);
        if (contender != null) {
            contender.share(share);
        }
    }

    /** Does nothing for a job that waits already, or has its place. */
    void add(Seeker seeker) {
        if (running.containsKey(seeker.key()) || waiting.putIfAbsent(seeker.key(), seeker) != null) {
            return;
        }
        Contender contender = contender(seeker.project());
        if (contender.idle()) {
            contender.joins(now);
        }
        contender.waiting().add(seeker);
    }

    /** Takes a job out that waits. */
    void remove(Seeker.Key key) {
        Seeker seeker = waiting.remove(key);
        if (seeker != null) {
            contender(seeker.project()).waiting().remove(seeker);
            forget(seeker.project());
        }
    }

    /** Takes out the job whose turn it is and gives it its place, if one is free. */
    Optional<Seeker> next(Predicate<Seeker> may) {
        if (running.size() >= bounds.atOnce()) {
            return Optional.empty();
        }
        Optional<Seeker> next = contenders.values().stream()
                .filter(contender -> !contender.waiting().isEmpty())
                .sorted(FAIRNESS)
                .flatMap(contender -> contender.first(may.and(this::identityMay)).stream())
                .findFirst();
        next.ifPresent(this::begin);
        return next;
    }

    /** Gives a job its place that has it in truth, whether one is free or not. */
    void occupy(Seeker seeker) {
        if (!running.containsKey(seeker.key())) {
            begin(seeker);
        }
    }

    /** A place is free again. */
    void release(Seeker.Key key) {
        Seeker seeker = running.remove(key);
        if (seeker != null) {
            contender(seeker.project()).end(seeker);
            runningOf.computeIfPresent(seeker.identity(), (who, count) -> count > 1 ? count - 1 : null);
            forget(seeker.project());
        }
    }

    /** All that have a place. */
    Collection<Seeker> running() {
        return running.values();
    }

    /** How many jobs of builds of an identity have a place. */
    int runningOf(String identity) {
        return runningOf.getOrDefault(identity, 0);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The project as it competes now. */
    Optional<Contender> contender(Seeker seeker) {
        return Optional.ofNullable(contenders.get(seeker.project()));
    }

    /** The order in which at most {@code limit} would get places, if none were taken and nothing else came. */
    List<Seeker> preview(int limit) {
        List<Standing> standings = new ArrayList<>();
        for (Contender contender : contenders.values()) {
            standings.add(new Standing(contender));
        }
        List<Seeker> order = new ArrayList<>();
        while (order.size() < limit) {
            Optional<Standing> next =
                    standings.stream().filter(Standing::hasNext).min(Standing.FAIRNESS);
            if (next.isEmpty()) {
                break;
            }
            order.add(next.get().next());
        }
        return order;
    }

    private boolean identityMay(Seeker seeker) {
        return runningOf(seeker.identity()) < bounds.perIdentity();
    }

    private void begin(Seeker seeker) {
        Contender contender = contender(seeker.project());
        waiting.remove(seeker.key());
        running.put(seeker.key(), seeker);
        runningOf.merge(seeker.identity(), 1, Integer::sum);
        now = contender.turns();
        contender.begin(seeker);
    }

    private Contender contender(String project) {
        return contenders.computeIfAbsent(project, name -> new Contender(name, shares.apply(name)));
    }

    /** What is idle for long is not remembered: its turns do not count any more. */
    private void forget(String project) {
        if (contender(project).idle() && contender(project).turns() <= now) {
            contenders.remove(project);
        }
    }

    private static final Comparator<Contender> FAIRNESS = Comparator.comparingDouble((Contender contender) ->
                    (double) contender.running() / contender.share().weight())
            .thenComparingDouble(Contender::turns)
            .thenComparing(Contender::project);

    /** A project in the course of a preview. */
    private static final class Standing {
        private static final Comparator<Standing> FAIRNESS = Comparator.comparingDouble(
                        (Standing standing) -> (double) standing.running / standing.weight)
                .thenComparingDouble(standing -> standing.turns)
                .thenComparing(standing -> standing.project);

        private final String project;
        private final int weight;
        private final Iterator<Seeker> waiting;
        private int running;
        private double turns;

        Standing(Contender contender) {
            project = contender.project();
            weight = contender.share().weight();
            waiting = contender.waiting().iterator();
            running = contender.running();
            turns = contender.turns();
        }

        boolean hasNext() {
            return waiting.hasNext();
        }

        Seeker next() {
            running++;
            turns += 1.0 / weight;
            return waiting.next();
        }
    }
}
