package io.sallyport.keys.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Records in their order, read from the segments as they are asked for: a line and a buffer of them is held, however
 * many there are. Their members, printed as JSON without blanks, are the lines of the files, byte by byte. For one
 * thread at a time.
 */
public final class AuditRecords implements AutoCloseable {
    private final AuditLog log;
    private final Segments segments;
    private final long upTo;
    private long given;
    private long known;
    private int number;
    private @Nullable LineReader lines;

    AuditRecords(AuditLog log, Segments segments, long after, long upTo) {
        this.log = log;
        this.segments = segments;
        this.given = after;
        this.upTo = upTo;
    }

    /**
     * The next record, waiting for it if need be. Records that retention has removed are passed over.
     *
     * @return null at the end, and when the log is closed
     */
    public @Nullable JsonNode next() throws IOException, InterruptedException {
        while (given < upTo) {
            Line line = read();
            if (line == null) {
                if (!awaitMore()) {
                    return null;
                }
            } else if (line.sequence() > given) {
                given = line.sequence();
                return given <= upTo ? line.json() : null;
            }
        }
        return null;
    }

    /** Whether reading on makes sense, after there was no more to be read: all that is known to be there has been seen. */
    private boolean awaitMore() throws InterruptedException {
        long end = log.end().sequence();
        if (end == known && (known >= upTo || !log.awaitAfter(known))) {
            return false;
        }
        known = Math.max(known, end);
        return true;
    }

    /** The next whole line that is a record, of this segment or a later one; null when there is none. */
    private @Nullable Line read() throws IOException {
        LineReader from = lines;
        if (from == null) {
            from = open(segmentOf(given + 1));
        }
        while (true) {
            byte[] bytes = from.next();
            if (bytes == null) {
                OptionalInt later = later();
                if (later.isEmpty()) {
                    return null;
                }
                bytes = from.next(); // added just before there was a later one; nothing is added after that
                if (bytes == null) {
                    from.close();
                    from = open(later.getAsInt());
                    continue;
                }
            }
            Optional<Line> line = Line.read(bytes);
            if (line.isPresent()) {
                return line.get();
            }
        }
    }

    private OptionalInt later() throws IOException {
        return segments.numbers().stream()
                .mapToInt(Integer::intValue)
                .filter(other -> other > number)
                .findFirst();
    }

    private LineReader open(int wanted) throws IOException {
        number = wanted;
        LineReader opened = LineReader.open(segments.file(wanted));
        lines = opened;
        return opened;
    }

    /** The newest segment that begins at or before a record; the oldest when all begin after it. */
    private int segmentOf(long sequence) throws IOException {
        List<Integer> numbers = segments.numbers();
        for (int candidate : numbers.reversed()) {
            Optional<Line> first = segments.first(candidate);
            if (first.isPresent() && first.get().sequence() <= sequence) {
                return candidate;
            }
        }
        return numbers.isEmpty() ? 1 : numbers.getFirst();
    }

    @Override
    public void close() throws IOException {
        LineReader open = lines;
        if (open != null) {
            open.close();
        }
    }
}
