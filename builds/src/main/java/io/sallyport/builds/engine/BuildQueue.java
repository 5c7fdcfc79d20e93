package io.sallyport.builds.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds that wait, and whose turn is next: the project with the fewest running builds, among equals the one whose turn
 * is longest ago; within a project the highest priority, then the oldest. Not for use by several threads at once.
 */
final class BuildQueue {
    private final Map<String, TreeSet<Waiting>> byProject = new TreeMap<>();
    private final Map<Long, Waiting> byBuild = new HashMap<>();
    private final Map<String, Long> lastTurn = new HashMap<>();
    private long turns;

    /** A build that waits. */
    record Waiting(long build, String project, int priority, Instant since) {
        private static final Comparator<Waiting> ORDER =
                Comparator.comparingInt(Waiting::priority).reversed().thenComparingLong(Waiting::build);
    }

    int size() {
        return byBuild.size();
    }

    void add(Waiting waiting) {
        byBuild.put(waiting.build(), waiting);
        byProject
                .computeIfAbsent(waiting.project(), project -> new TreeSet<>(Waiting.ORDER))
                .add(waiting);
    }

    /** Takes a build out; false when it does not wait here. */
    boolean remove(long build) {
        Waiting waiting = byBuild.remove(build);
        if (waiting == null) {
            return false;
        }
        TreeSet<Waiting> mates = byProject.get(waiting.project());
        if (mates != null && mates.remove(waiting) && mates.isEmpty()) {
            byProject.remove(waiting.project());
        }
        return true;
    }

    /** Takes out the build whose turn it is. */
    Optional<Waiting> poll(Map<String, Integer> running) {
        Comparator<Waiting> fairness = Comparator.comparingInt(
                        (Waiting waiting) -> running.getOrDefault(waiting.project(), 0))
                .thenComparingLong(waiting -> lastTurn.getOrDefault(waiting.project(), 0L));
        Optional<Waiting> next = byProject.values().stream().map(TreeSet::first).min(fairness);
        next.ifPresent(waiting -> {
            remove(waiting.build());
            lastTurn.put(waiting.project(), ++turns);
            lastTurn.keySet().removeIf(name -> !byProject.containsKey(name) && !running.containsKey(name));
        });
        return next;
    }

    /** The order in which at most {@code limit} would be started if nothing else came. */
    List<Waiting> preview(Map<String, Integer> running, int limit) {
        BuildQueue copy = new BuildQueue();
        byBuild.values().forEach(copy::add);
        copy.lastTurn.putAll(lastTurn);
        copy.turns = turns;
        Map<String, Integer> counts = new HashMap<>(running);
        List<Waiting> order = new ArrayList<>();
        for (Optional<Waiting> next = copy.poll(counts);
                next.isPresent() && order.size() < limit;
                next = copy.poll(counts)) {
            order.add(next.get());
            counts.merge(next.get().project(), 1, Integer::sum);
        }
        return order;
    }
}
