package io.sallyport.builds.mask;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One stream of bytes on its way through a mask. What may be the beginning of something to hide is held back. */
final class MaskedStream {
    /** So many bytes of a pattern are taken for chance: they are given on when the stream pauses. */
    static final int CHANCE = 3;

    private static final byte[] MASK = "[masked]".getBytes(StandardCharsets.US_ASCII);

    private final Spans spans = new Spans();
    private final Search search;
    private byte[] held = {};
    private int length;

    MaskedStream(Automaton automaton) {
        this.search = new Search(automaton, spans);
    }

    /** Where the bytes go. */
    @FunctionalInterface
    interface Target {
        /** Takes all of them. */
        void take(ByteBuffer bytes) throws IOException;
    }

    /** Takes bytes in, and gives on, in one piece, all that is decided. */
    void take(ByteBuffer bytes, Target target) throws IOException {
        int from = length;
        length += bytes.remaining();
        if (length > held.length) {
            held = Arrays.copyOf(held, Math.max(length, 2 * held.length));
        }
        bytes.get(held, from, length - from);
        search.read(held, from, length);
        give(search.decided(0), target);
    }

    /** Gives on what is held back by chance; what is more than that stays. */
    void pause(Target target) throws IOException {
        give(search.decided(CHANCE + 1), target);
    }

    /** Gives on all that is held back. */
    void end(Target target) throws IOException {
        give(search.place(), target);
    }

    /** Whether {@link #pause} would give something on. */
    boolean holdsByChance() {
        return length > 0 && search.decided(CHANCE + 1) > search.place() - length;
    }

    private void give(long until, Target target) throws IOException {
        long begin = search.place() - length;
        int count = (int) (until - begin);
        if (count <= 0) {
            return;
        }
        ByteBuffer given =
                spans.isEmpty() || spans.from() >= until ? ByteBuffer.wrap(held, 0, count) : masked(begin, until);
        if (given.hasRemaining()) {
            target.take(given);
        }
        length -= count;
        System.arraycopy(held, count, held, 0, length);
        spans.tell(until);
    }

    private ByteBuffer masked(long begin, long until) {
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) (until - begin) + MASK.length);
        long at = begin;
        while (at < until) {
            long clear = spans.isEmpty() ? until : Math.min(spans.from(), until);
            out.write(held, (int) (at - begin), (int) (clear - at));
            at = clear;
            if (at < until) {
                if (!spans.begun()) {
                    out.writeBytes(MASK);
                }
                at = Math.min(spans.to(), until);
                spans.tell(at);
            }
        }
        return ByteBuffer.wrap(out.toByteArray());
    }
}
