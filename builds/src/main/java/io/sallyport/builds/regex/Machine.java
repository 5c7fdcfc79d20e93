package io.sallyport.builds.regex;

import io.sallyport.builds.regex.Program.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a text once, with all the ways in which the pattern may match at the same time: no way is tried twice at
 * one place, so nothing is ever gone back over.
 */
final class Machine {
    static final int GROUP_START = 2;
    static final int GROUP_END = 3;

    private static final int START = 0;
    private static final int END = 1;
    /** A tenth of a second or so. */
    private static final long MOST_STEPS = 5_000_000;

    private final Program program;
    private final String text;
    private final Count count;

    /** Counts the steps of a search, those of look-ahead included. */
    private static final class Count {
        private final Effort all;
        private long taken;

        Count(Effort all) {
            this.all = all;
        }

        void add(int steps) {
            taken += steps;
            all.take(steps);
            if (taken > MOST_STEPS || all.isSpent()) {
                throw new Exhausted();
            }
        }
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super(null, null, false, false);
        }
    }

    /** Ways that are open at one place, the preferred first. */
    private static final class Ways {
        private final int[] steps;
        private final int[][] slots;
        private final int[] seen;
        private int size;
        private int place;

        Ways(int steps) {
            this.steps = new int[steps];
            this.slots = new int[steps][];
            this.seen = new int[steps];
        }

        void clear() {
            size = 0;
            place++;
        }

        boolean isNew(int step) {
            boolean fresh = seen[step] != place;
            seen[step] = place;
            return fresh;
        }

        void add(int step, int[] saved) {
            steps[size] = step;
            slots[size++] = saved;
        }
    }

    /** A way that has come to a step with these slots. */
    private static final class Way {
        private final int step;
        private final int[] saved;

        Way(int step, int[] saved) {
            this.step = step;
            this.saved = saved;
        }
    }

    Machine(Program program, String text, Effort all) {
        this(program, text, new Count(all));
    }

    private Machine(Program program, String text, Count count) {
        this.program = program;
        this.text = text;
        this.count = count;
    }

    /** The first match that begins at a place of the text or behind it. */
    Regex.Search search(int from) {
        try {
            int[] found = run(from, false);
            return found == null
                    ? new Regex.Search.Absent()
                    : new Regex.Search.Found(
                            found[START],
                            found[END],
                            found[GROUP_END] < 0
                                    ? Optional.empty()
                                    : Optional.of(text.substring(found[GROUP_START], found[GROUP_END])));
        } catch (Exhausted e) {
            return new Regex.Search.TooCostly();
        }
    }

    private int @Nullable [] run(int from, boolean here) {
        Ways now = new Ways(program.size());
        Ways next = new Ways(program.size());
        int[] found = null;
        count.add(program.size());
        now.clear();
        for (int at = from; ; ) {
            if (found == null && (!here || at == from)) {
                follow(now, new Way(0, new int[] {at, -1, -1, -1}), at);
            }
            if (now.size == 0 && (here || found != null)) {
                return found;
            }
            next.clear();
            int c = at < text.length() ? text.codePointAt(at) : -1;
            int behind = at + (c < 0 ? 0 : Character.charCount(c));
            for (int i = 0; i < now.size; i++) {
                Step step = program.step(now.steps[i]);
                if (step instanceof Step.Done) {
                    found = now.slots[i].clone();
                    found[END] = at;
                    break; // those that follow are less preferred
                }
                if (step instanceof Step.Take take && c >= 0) {
                    count.add(take.of().cost());
                    if (take.of().matches(c)) {
                        follow(next, new Way(now.steps[i] + 1, now.slots[i]), behind);
                    }
                }
            }
            if (c < 0) {
                return found;
            }
            Ways past = now;
            now = next;
            next = past;
            at = behind;
        }
    }

    /** Adds what can be reached without taking a character. */
    private void follow(Ways ways, Way first, int at) {
        Deque<Way> open = new ArrayDeque<>();
        open.push(first);
        while (!open.isEmpty()) {
            Way way = open.pop();
            count.add(1);
            if (!ways.isNew(way.step)) {
                continue;
            }
            switch (program.step(way.step)) {
                case Step.Take take -> ways.add(way.step, way.saved);
                case Step.Done done -> ways.add(way.step, way.saved);
                case Step.Jump jump -> open.push(new Way(jump.to(), way.saved));
                case Step.Fork fork -> {
                    open.push(new Way(fork.second(), way.saved));
                    open.push(new Way(fork.first(), way.saved));
                }
                case Step.Save save -> {
                    int[] saved = way.saved.clone();
                    saved[save.slot()] = at;
                    open.push(new Way(way.step + 1, saved));
                }
                case Step.Check check -> {
                    if (check.spot().is(text, at)) {
                        open.push(new Way(way.step + 1, way.saved));
                    }
                }
                case Step.Look look -> {
                    boolean matches = new Machine(look.ahead(), text, count).run(at, true) != null;
                    if (matches != look.negative()) {
                        open.push(new Way(way.step + 1, way.saved));
                    }
                }
            }
        }
    }
}
