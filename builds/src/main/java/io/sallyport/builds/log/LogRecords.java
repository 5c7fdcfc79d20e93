package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a log as records, pulled one by one. A record is a line with its newline, or a piece of one:
 *
 * <ul>
 *   <li>of at most {@value #LONGEST} bytes of a longer line, cut between characters;
 *   <li>up to where bytes of another job or stream come between;
 *   <li>what there is of a line that has stayed incomplete for {@value #PATIENCE_MS} ms while the log is followed (a
 *       prompt), and the last of a log that is not.
 * </ul>
 *
 * <p>The bytes of a record lie together in the log, so reading on at {@code offset + bytes} of the last record neither
 * misses nor repeats any. One thread reads at a time; any may close.
 */
public final class LogRecords implements AutoCloseable {
    /** The most bytes of a record. */
    public static final int LONGEST = 8192;

    private static final int PATIENCE_MS = 100;
    private static final long PATIENCE = Duration.ofMillis(PATIENCE_MS).toNanos();
    private static final long LONG_PATIENCE = Duration.ofSeconds(1).toNanos();

    private final Reading reading;
    private final Filter filter;
    private final Runs runs;
    private final Window window;
    private long position;
    private long incomplete = -1; // where a line begins that was found without its end
    private long incompleteSince; // by System.nanoTime
    private boolean ended;

    LogRecords(Reading reading, LogSelection selection, long offset) {
        this.reading = reading;
        this.filter = new Filter(selection, reading.log().names());
        this.runs = new Runs(reading);
        this.window = new Window(reading);
        this.position = offset;
    }

    /**
     * The next record, waiting for it when the log is followed.
     *
     * @return null after a {@link LogEnd}, and at the end of a log that is neither ended nor followed
     * @throws ClosedByInterruptException when the thread is interrupted; it stays so
     * @throws IOException when the log cannot be read, or this is closed meanwhile
     */
    public @Nullable LogItem next() throws IOException {
        while (!ended) {
            if (position < reading.extent().bytes()) {
                Runs.Run run = runs.at(position);
                if (!filter.wants(run.mark())) {
                    position = run.end();
                    continue;
                }
                int length = lineLength(run);
                if (length > 0) {
                    return take(run.mark(), length);
                }
            }
            if (reading.complete()) {
                return end();
            }
            awaitGrowth();
        }
        return null;
    }

    /** How many bytes to give out now; 0 when it is better to wait, or nothing whole is left to wait for. */
    private int lineLength(Runs.Run run) throws IOException {
        int whole = throughNewline(run.end());
        if (whole > 0) {
            return whole;
        }
        long reach = runs.reach(position + LONGEST);
        whole = throughNewline(reach);
        if (whole > 0) {
            return whole;
        }
        ByteBuffer bytes = bytesUpTo(reach);
        if (bytes.remaining() == LONGEST) {
            return wholeCharacters(bytes);
        }
        Extent extent = reading.extent();
        if (reach < extent.bytes() || extent.ended()) {
            return bytes.remaining();
        }
        return reading.complete() || isOld() ? wholeCharacters(bytes) : 0;
    }

    private ByteBuffer bytesUpTo(long end) throws IOException {
        return window.show(position, (int) Math.min(LONGEST, end - position));
    }

    /** The length of the line with its newline; 0 when it has none before that end. */
    private int throughNewline(long end) throws IOException {
        int ready = window.ready(position);
        int length = ready == 0 ? 0 : throughNewline(bytesUpTo(Math.min(end, position + ready)));
        return length > 0 ? length : throughNewline(bytesUpTo(end));
    }

    private static int throughNewline(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    /** The count of bytes without a beginning of a character at the end (RFC 3629: at most three bytes). */
    private static int wholeCharacters(ByteBuffer bytes) {
        int length = bytes.limit();
        for (int back = 1; back <= Math.min(3, length); back++) {
            int lead = bytes.get(length - back) & 0xff;
            if (lead >= 0xc0) {
                int wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                return wanted > back ? length - back : length;
            }
            if (lead < 0x80) {
                return length;
            }
        }
        return length;
    }

    private boolean isOld() {
        if (incomplete != position) {
            incomplete = position;
            incompleteSince = System.nanoTime();
            return false;
        }
        return System.nanoTime() - incompleteSince >= PATIENCE;
    }

    private void awaitGrowth() throws IOException {
        long end = Math.max(position, reading.extent().bytes());
        if (incomplete == position) {
            long left = PATIENCE - (System.nanoTime() - incompleteSince);
            // Nothing left: what there is, is the beginning of a character.
            reading.await(end, left > 0 ? left : OpenLog.FOR_EVER);
        } else if (!reading.await(end, LONG_PATIENCE)) {
            window.forget();
            reading.await(end, OpenLog.FOR_EVER);
        }
    }

    private LogRecord take(Mark mark, int length) throws IOException {
        ByteBuffer bytes = window.show(position, length);
        String text = new String(bytes.array(), bytes.arrayOffset(), length, StandardCharsets.UTF_8);
        LogRecord record = new LogRecord(
                position,
                length,
                Instant.ofEpochMilli(mark.time()),
                reading.log().names().name(mark.job()),
                mark.stream(),
                text);
        position += length;
        return record;
    }

    private @Nullable LogEnd end() {
        ended = true;
        Extent extent = reading.extent();
        return extent.end().map(state -> new LogEnd(extent.bytes(), state)).orElse(null);
    }

    /** Ends a wait for the next record in another thread. Repeated calls do nothing. */
    @Override
    public void close() {
        reading.close();
    }
}
