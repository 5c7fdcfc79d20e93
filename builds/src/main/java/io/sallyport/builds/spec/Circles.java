package io.sallyport.builds.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/** Finds jobs that wait for each other. */
final class Circles {
    private final Map<String, List<String>> needs;
    private final Set<String> done = new HashSet<>();

    private Circles(Map<String, List<String>> needs) {
        this.needs = needs;
    }

    /** A way from one job to itself. */
    static Optional<List<String>> find(Map<String, List<String>> needs) {
        Circles circles = new Circles(needs);
        return needs.keySet().stream()
                .map(circles::from)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Without recursion: a chain may have as many jobs as a plan. */
    private Optional<List<String>> from(String first) {
        SequencedSet<String> way = new LinkedHashSet<>();
        List<Iterator<String>> open = new ArrayList<>();
        enter(first, way, open);
        while (!open.isEmpty()) {
            if (!open.getLast().hasNext()) {
                open.removeLast();
                done.add(way.removeLast());
                continue;
            }
            String next = open.getLast().next();
            if (way.contains(next)) {
                return Optional.of(circle(next, way));
            }
            enter(next, way, open);
        }
        return Optional.empty();
    }

    private void enter(String job, SequencedSet<String> way, List<Iterator<String>> open) {
        if (!done.contains(job)) {
            way.add(job);
            open.add(needs.getOrDefault(job, List.of()).iterator());
        }
    }

    private static List<String> circle(String job, SequencedSet<String> way) {
        List<String> circle = new ArrayList<>();
        boolean inside = false;
        for (String step : way) {
            inside |= step.equals(job);
            if (inside) {
                circle.add(step);
            }
        }
        circle.add(job);
        return circle;
    }
}
