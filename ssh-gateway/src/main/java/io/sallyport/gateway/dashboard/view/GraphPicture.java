package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.house.JobRow;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph of jobs as columns of names with lines between neighbours. The picture is as large as it is; a part of it is drawn. */
final class GraphPicture {
    private static final int GAP = 5;
    private static final int LONGEST = 24;
    private static final int TIME = 8;
    private static final int LEFT = 1;
    private static final int RIGHT = 2;
    private static final int UP = 4;
    private static final int DOWN = 8;
    private static final String JOINTS = " ───│┘└┴│┐┌┬│┤├┼"; // by the sum of the directions

    private final Graph graph;
    private final int node;
    private final Map<Long, Integer> wires = new HashMap<>();

    GraphPicture(Graph graph, List<JobRow> jobs) {
        this.graph = graph;
        int name = jobs.stream()
                .mapToInt(job -> Area.length(job.name(), LONGEST))
                .max()
                .orElse(0);
        this.node = 2 + name + 1 + TIME;
        for (int layer = 1; layer < graph.layers().size(); layer++) {
            wire(layer);
        }
    }

    private void wire(int layer) {
        int bus = x(layer) - 3;
        List<String> left = graph.layers().get(layer - 1);
        List<String> right = graph.layers().get(layer);
        for (int to = 0; to < right.size(); to++) {
            for (String name : graph.before().getOrDefault(right.get(to), List.of())) {
                int from = left.indexOf(name);
                if (from >= 0) {
                    wire(bus, from, to);
                }
            }
        }
    }

    private void wire(int bus, int from, int to) {
        add(bus - 1, from, LEFT | RIGHT);
        add(bus, from, LEFT | (from == to ? RIGHT : from < to ? DOWN : UP));
        for (int line = Math.min(from, to) + 1; line < Math.max(from, to); line++) {
            add(bus, line, UP | DOWN);
        }
        add(bus, to, RIGHT | (from == to ? LEFT : from < to ? UP : DOWN));
        add(bus + 1, to, LEFT | RIGHT);
    }

    private void add(int x, int y, int directions) {
        wires.merge(key(x, y), directions, (one, other) -> one | other);
    }

    private static long key(int x, int y) {
        return (long) x << 32 | y;
    }

    private int x(int layer) {
        return layer * (node + GAP);
    }

    /** Draws as much as fits, with the chosen job in it. */
    void draw(Area area, List<JobRow> jobs, String chosen, Instant now) {
        Map<String, JobRow> byName = new HashMap<>();
        jobs.forEach(job -> byName.put(job.name(), job));
        int layer = graph.layer(chosen);
        int line = graph.layers().isEmpty() ? 0 : graph.layers().get(layer).indexOf(chosen);
        int left = first(x(layer), x(layer) + node, x(graph.layers().size()) - GAP, area.width());
        int top = first(line, line + 1, graph.height(), area.height());
        wires.forEach((place, directions) -> {
            int x = (int) (place >> 32) - left;
            int y = place.intValue() - top;
            if (x >= 0) {
                area.put(x, y, joint(directions), Tone.QUIET);
            }
        });
        for (int i = 0; i < graph.layers().size(); i++) {
            List<String> names = graph.layers().get(i);
            for (int j = Math.max(0, top); j < Math.min(names.size(), top + area.height()); j++) {
                JobRow job = byName.get(names.get(j));
                if (job != null && x(i) >= left) {
                    node(area, x(i) - left, j - top, job, chosen.equals(job.name()), now);
                }
            }
        }
    }

    private static String joint(int directions) {
        return Character.toString(JOINTS.charAt(directions));
    }

    /** Where to begin so that a part from one place to another is seen, and as little as possible is beyond the end. */
    private static int first(int from, int to, int size, int seen) {
        if (size <= seen) {
            return 0;
        }
        return Math.clamp((from + to - seen) / 2, 0, Math.max(0, Math.min(from, size - seen)));
    }

    private void node(Area area, int x, int y, JobRow job, boolean chosen, Instant now) {
        Area cell = area.part(x, y, node, 1);
        Sign sign = Sign.of(job.state());
        cell.put(0, 0, sign.glyph(), sign.tone());
        cell.fit(2, 0, node - TIME - 3, job.name(), job.state().equals("queued") ? Tone.QUIET : Tone.PLAIN);
        cell.right(node - TIME, 0, TIME, time(job, now), Tone.QUIET);
        if (chosen) {
            cell.wash(0, Tone.CHOSEN);
        }
    }

    private static String time(JobRow job, Instant now) {
        return job.started()
                .map(start -> Words.of(Duration.between(start, job.finished().orElse(now))))
                .orElse("");
    }
}
