package io.sallyport.builds.mask;

/**
 * How far one way of reading a stream has come in the automaton. What it reads (decoded bytes) need not be the bytes of the
 * stream; it knows where these stand for as many of the latest as may be a pattern's beginning.
 */
final class Trace {
    /** Where a place is asked for and there is none. */
    static final long NOWHERE = Long.MAX_VALUE;

    private static final int SPARE = 8; // read in vain and taken back

    private final Automaton automaton;
    private final Spans spans;
    private long[] places = {}; // a ring: where in the stream each of the latest begins
    private int state;
    private long read;
    private long adopted;

    Trace(Automaton automaton, Spans spans) {
        this.automaton = automaton;
        this.spans = spans;
    }

    /** Goes on where another reading is that has read the stream as it is, up to that place. */
    void adopt(int other, long at) {
        state = other;
        adopted = at;
        read = 0;
    }

    /** Forgets what was read. */
    void reset() {
        state = Automaton.START;
        read = 0;
    }

    /** Takes back what was read since. */
    void restore(int earlier, long count) {
        state = earlier;
        read = count;
    }

    /** Reads a byte that stands from one place of the stream up to another. */
    void read(int each, long from, long to) {
        if (state == Automaton.START && !automaton.begins(each)) {
            return;
        }
        if (places.length == 0) {
            places = new long[Integer.highestOneBit(automaton.longest() + SPARE) * 2];
        }
        places[(int) read & (places.length - 1)] = from;
        read++;
        state = automaton.next(state, each);
        int length = automaton.match(state);
        if (length > 0) {
            spans.add(place(length), to);
        }
    }

    int state() {
        return state;
    }

    /** How many bytes it has read since it began, those aside that can be no pattern's. */
    long count() {
        return read;
    }

    /** How many of the latest may be a pattern's beginning. */
    int depth() {
        return automaton.depth(state);
    }

    /** Where those begin that may be a pattern's beginning. */
    long begin() {
        return depth() == 0 ? NOWHERE : place(depth());
    }

    private long place(int back) {
        return back <= read ? places[(int) (read - back) & (places.length - 1)] : adopted - (back - read);
    }
}
