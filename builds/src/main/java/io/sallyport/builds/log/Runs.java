package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a log are whose, for a reader that goes forward: found by binary search once, then read from the index
 * in small batches. Marks that an extent covers never change, so there is nothing to lock.
 */
final class Runs {
    private static final int BATCH = 64;

    private final Reading reading;
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH * Mark.BYTES).limit(0);
    private long batchFrom;
    private @Nullable Mark current;
    private long number; // of current

    Runs(Reading reading) {
        this.reading = reading;
    }

    /**
     * The bytes around a position that are of one mark.
     *
     * @param mark whose they are, and since when
     * @param end where they end for now: with the next mark or with the extent
     */
    record Run(Mark mark, long end) {}

    /** The run at a position, which must be within the extent and not before that of the last call. */
    Run at(long position) throws IOException {
        Mark mark = current;
        if (mark == null) {
            number = find(position);
            mark = mark(number);
        }
        while (end(number) <= position) {
            number++;
            mark = mark(number);
        }
        current = mark;
        return new Run(mark, end(number));
    }

    /** Where the bytes of the same job and stream that surround the last call's position end, looked for up to a point. */
    long reach(long enough) throws IOException {
        Mark mark = current;
        long last = number;
        while (mark != null
                && end(last) < enough
                && last + 1 < reading.extent().marks()
                && mark(last + 1).sameSource(mark)) {
            last++;
        }
        return end(last);
    }

    private long end(long of) throws IOException {
        Extent extent = reading.extent();
        return of + 1 < extent.marks() ? mark(of + 1).offset() : extent.bytes();
    }

    /** The last mark that does not lie beyond the position. */
    private long find(long position) throws IOException {
        long low = 0;
        long high = reading.extent().marks() - 1;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (mark(middle).offset() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private Mark mark(long wanted) throws IOException {
        if (wanted < batchFrom || wanted >= batchFrom + batch.limit() / Mark.BYTES) {
            load(wanted);
        }
        batch.position((int) (wanted - batchFrom) * Mark.BYTES);
        return Mark.get(batch).orElseThrow(() -> new IOException("the index of a log is damaged at mark " + wanted));
    }

    private void load(long from) throws IOException {
        long count = Math.min(BATCH, reading.extent().marks() - from);
        if (count <= 0) {
            throw new IOException("the index of a log is damaged: it ends before mark " + from);
        }
        batch.clear().limit((int) count * Mark.BYTES);
        batchFrom = from;
        while (batch.hasRemaining()) {
            reading.readMarks(batch, IndexHeader.BYTES + from * Mark.BYTES + batch.position());
        }
    }
}
