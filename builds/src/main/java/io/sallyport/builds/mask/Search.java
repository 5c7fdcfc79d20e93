package io.sallyport.builds.mask;

/** Looks for patterns in a stream as it is written, and as it reads when escapes or base64 in it are decoded. */
final class Search {
    private final Automaton automaton;
    private final Spans spans;
    private final PercentEscapes percent;
    private final BackslashEscapes backslash;
    private final Base64Text base64;
    private int state;
    private long place;

    /** Looks from the beginning of a stream on. */
    Search(Automaton automaton, Spans spans) {
        this.automaton = automaton;
        this.spans = spans;
        this.percent = new PercentEscapes(new Trace(automaton, spans));
        this.backslash = new BackslashEscapes(new Trace(automaton, spans));
        this.base64 = new Base64Text(automaton, spans);
    }

    /** Looks at the next bytes of the stream. */
    void read(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            int each = bytes[i] & 0xff;
            percent.read(each, place, state);
            backslash.read(each, place, state);
            base64.read(each, place);
            plain(each);
            place++;
        }
    }

    private void plain(int each) {
        state = automaton.next(state, each);
        int length = automaton.match(state);
        if (length > 0) {
            spans.add(place + 1 - length, place + 1);
        }
    }

    /** How many bytes have been looked at. */
    long place() {
        return place;
    }

    /**
     * The place before which all is decided, whatever comes.
     *
     * @param least what may be a pattern's beginning does not count with fewer bytes of it
     */
    long decided(int least) {
        int depth = automaton.depth(state);
        long plain = depth > 0 && depth >= least ? place - depth : place;
        long escaped = Math.min(percent.begin(least), backslash.begin(least));
        return Math.min(plain, Math.min(escaped, base64.begin(least)));
    }
}
