package io.sallyport.gateway.subsystem;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, up to a length; longer ones are let pass without being kept. For one thread. */
final class LineInput {
    private static final int PIECE = 8 * 1024;

    /** What is kept while nothing comes; most lines fit. */
    private static final int LITTLE = 512;

    private final InputStream from;
    private final int longest;
    private byte[] buffer = new byte[0];
    private int begin;
    private int end;

    LineInput(InputStream from, int longest) {
        this.from = from;
        this.longest = longest;
    }

    /** What stands between two line feeds. */
    sealed interface Line {
        /** A line without its end; the bytes are not used again. */
        @SuppressWarnings("ArrayRecordComponent") // as read, not to be compared
        record Whole(byte[] bytes) implements Line {}

        /** One that was longer than allowed. */
        record TooLong() implements Line {}
    }

    /** The next line, also a last one without a line feed; null at the end. */
    @Nullable
    Line next() throws IOException {
        int searched = 0;
        while (true) {
            int feed = feed(begin + searched);
            if (feed >= 0) {
                return whole(feed, feed + 1);
            }
            searched = end - begin;
            if (searched > longest) {
                return skip();
            }
            if (!fill()) {
                return searched == 0 ? null : whole(end, end);
            }
        }
    }

    private Line whole(int to, int next) {
        byte[] line = Arrays.copyOfRange(buffer, begin, to);
        begin = next;
        return line.length > longest ? new Line.TooLong() : new Line.Whole(line);
    }

    private Line skip() throws IOException {
        while (true) {
            begin = 0;
            end = 0;
            if (!fill()) {
                return new Line.TooLong();
            }
            int feed = feed(begin);
            if (feed >= 0) {
                begin = feed + 1;
                return new Line.TooLong();
            }
        }
    }

    private int feed(int start) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads more; false at the end of the stream. Keeps no more memory than what is unread needs. */
    private boolean fill() throws IOException {
        int left = end - begin;
        byte[] into = buffer;
        if (left == 0) {
            int size = from.available() > LITTLE ? PIECE : LITTLE;
            into = buffer.length == size ? buffer : new byte[size];
        } else if (left == buffer.length) {
            into = new byte[2 * left];
        }
        System.arraycopy(buffer, begin, into, 0, left);
        buffer = into;
        begin = 0;
        end = left;
        int count = from.read(buffer, end, buffer.length - end);
        end += Math.max(count, 0);
        return count >= 0;
    }
}
