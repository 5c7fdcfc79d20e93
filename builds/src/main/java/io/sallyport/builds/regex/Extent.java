package io.sallyport.builds.regex;

import java.util.List;

/**
 * How large the program of a pattern will be. Repetitions are written out, so a short pattern can make many steps; this
 * tells without writing them.
 *
 * @param parts of the pattern that are written out; those that make no step take time all the same
 * @param steps that they make
 */
record Extent(long parts, long steps) {
    private static final int MOST_PARTS = 100_000;
    private static final int MOST_STEPS = 10_000;

    /** Refuses a pattern that is too large. */
    static void check(Node pattern) {
        of(pattern, 0);
    }

    /** @param offset of the last repetition */
    private static Extent of(Node node, int offset) {
        Extent extent = switch (node) {
            case Node.One one -> new Extent(1, 1);
            case Node.At at -> new Extent(1, 1);
            case Node.Sequence sequence -> sum(sequence.parts(), offset);
            case Node.Choice choice ->
                sum(choice.branches(), offset).plus(0, 2L * (choice.branches().size() - 1));
            case Node.Repeat repeat -> repeated(repeat);
            case Node.Group group -> of(group.part(), offset).plus(1, group.number() == 1 ? 2 : 0);
            case Node.Ahead ahead -> new Extent(1 + of(ahead.part(), offset).parts, 1); // its steps are of their own
        };
        if (extent.parts > MOST_PARTS || extent.steps >= MOST_STEPS) {
            throw new Fault(
                    node instanceof Node.Repeat repeat ? repeat.offset() : offset, "its repetitions make it too large");
        }
        return extent;
    }

    private static Extent sum(List<Node> nodes, int offset) {
        Extent sum = new Extent(1, 0);
        for (Node node : nodes) {
            Extent each = of(node, offset);
            sum = sum.plus(each.parts, each.steps);
        }
        return sum;
    }

    private static Extent repeated(Node.Repeat repeat) {
        Extent once = of(repeat.part(), repeat.offset());
        boolean endless = repeat.most() < 0;
        long times = endless ? repeat.least() + 1 : repeat.most();
        long forks = endless ? 2 : repeat.most() - repeat.least();
        return new Extent(1 + times * once.parts, times * once.steps + forks);
    }

    private Extent plus(long moreParts, long moreSteps) {
        return new Extent(parts + moreParts, steps + moreSteps);
    }
}
