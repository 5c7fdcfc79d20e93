package io.sallyport.builds.mask;

/**
 * Reads a stream in which some bytes are written as several. It is at work from an escape on for as long as that
 * may be a part of a pattern: before and after, it would read what everybody reads. An escape is first read as it
 * is written, and once it is whole, taken back and read as what it means.
 */
abstract class Escapes {
    private final int mark;
    private final Trace trace;
    private boolean active;
    private boolean pending;
    private long escapeFrom;
    private int stateBefore;
    private long countBefore;
    private long beginBefore;
    private int depthBefore;
    private long countAfter;

    /** Escapes that begin with that byte. */
    Escapes(int mark, Trace trace) {
        this.mark = mark;
        this.trace = trace;
    }

    /**
     * What an escape means that has grown by a byte.
     *
     * @param length of the escape so far, without its mark; from 1
     */
    abstract Meaning grow(int each, int length);

    /** Bytes that an escape stands for. */
    abstract int[] bytes();

    /** What is known of an escape that is not read to its end. */
    enum Meaning {
        /** It goes on. */
        OPEN,
        /** It is whole. */
        WHOLE,
        /** It is none. */
        NONE
    }

    /**
     * Reads a byte.
     *
     * @param at its place
     * @param plain the state before it of the automaton that reads the stream as it is
     */
    final void read(int each, long at, int plain) {
        if (!active) {
            if (each != mark) {
                return;
            }
            trace.adopt(plain, at);
            active = true;
            countAfter = 0;
        }
        if (pending && grown(each, at)) {
            return;
        }
        if (each == mark) {
            begin(at);
        }
        trace.read(each, at, at + 1);
        active = pending || trace.depth() > trace.count() - countAfter;
    }

    /** Whether the byte was the last of an escape, and so is read. */
    private boolean grown(int each, long at) {
        switch (grow(each, (int) (at - escapeFrom))) {
            case OPEN -> {}
            case NONE -> pending = false;
            case WHOLE -> {
                pending = false;
                trace.restore(stateBefore, countBefore);
                for (int meant : bytes()) {
                    trace.read(meant, escapeFrom, at + 1);
                }
                countAfter = trace.count();
                return true;
            }
        }
        return false;
    }

    private void begin(long at) {
        pending = true;
        escapeFrom = at;
        stateBefore = trace.state();
        countBefore = trace.count();
        depthBefore = trace.depth();
        beginBefore = depthBefore == 0 ? at : trace.begin();
    }

    /** Where what may be a pattern's beginning begins, when that is at least so many bytes of it. */
    final long begin(int least) {
        long begin = active && trace.depth() >= least ? trace.begin() : Trace.NOWHERE;
        return active && pending && depthBefore >= least ? Math.min(begin, beginBefore) : begin;
    }
}
