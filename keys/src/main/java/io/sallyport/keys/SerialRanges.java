package io.sallyport.keys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Serial numbers of certificates as ranges, both ends included; unsigned, in order, apart from each other. */
final class SerialRanges {
    private final long[] lowest;
    private final long[] highest;

    private SerialRanges(List<Range> ranges) {
        this.lowest = ranges.stream().mapToLong(Range::low).toArray();
        this.highest = ranges.stream().mapToLong(Range::high).toArray();
    }

    /** One range; {@code low} is not above {@code high}. */
    record Range(long low, long high) {}

    /** Ranges in any order, which may overlap. */
    static SerialRanges of(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(Range::low, Long::compareUnsigned));
        List<Range> apart = new ArrayList<>();
        for (Range next : sorted) {
            Range last = apart.isEmpty() ? null : apart.getLast();
            if (last == null || Long.compareUnsigned(next.low(), last.high()) > 0) {
                apart.add(next);
            } else if (Long.compareUnsigned(next.high(), last.high()) > 0) {
                apart.set(apart.size() - 1, new Range(last.low(), next.high()));
            }
        }
        return new SerialRanges(apart);
    }

    int count() {
        return lowest.length;
    }

    boolean contains(long serial) {
        int from = 0;
        int to = lowest.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            if (Long.compareUnsigned(serial, lowest[middle]) < 0) {
                to = middle - 1;
            } else if (Long.compareUnsigned(serial, highest[middle]) > 0) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
