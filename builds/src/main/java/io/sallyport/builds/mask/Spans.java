package io.sallyport.builds.mask;

import java.util.Arrays;

/** Parts of a stream that are to be hidden, not told yet, in order; those that overlap are one. */
final class Spans {
    private long[] bounds = new long[16]; // beginning and end of each, from head to tail
    private int head;
    private int tail;
    private long told;
    private boolean begun;

    /** Adds one. Its end is no smaller than those of all before. */
    void add(long from, long to) {
        long begin = Math.max(from, told);
        while (tail > head && bounds[tail - 1] > begin) {
            begin = Math.min(begin, bounds[tail - 2]);
            tail -= 2;
        }
        if (tail == bounds.length) {
            bounds = Arrays.copyOfRange(bounds, head, head + 2 * bounds.length);
            tail -= head;
            head = 0;
        }
        bounds[tail++] = begin;
        bounds[tail++] = to;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** Where the first begins. */
    long from() {
        return bounds[head];
    }

    /** Where the first ends; that may grow. */
    long to() {
        return bounds[head + 1];
    }

    /** Whether a part of the first has been told. */
    boolean begun() {
        return begun;
    }

    /** All before that place is told: what of a span lies there is gone, and no span will begin there any more. */
    void tell(long until) {
        told = until;
        while (!isEmpty() && to() <= until) {
            head += 2;
            begun = false;
        }
        if (isEmpty()) {
            head = 0;
            tail = 0;
        } else if (from() < until) {
            bounds[head] = until;
            begun = true;
        }
    }
}
