package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bytes of some jobs and streams of a log, one after the other; with labels, if there are to be any. */
final class FilteredChannel implements ReadableByteChannel {
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    /** From this many bytes on, a read of their own costs less than a copy. */
    private static final int DIRECT = 1024;

    private final Reading reading;
    private final Filter filter;
    private final Runs runs;
    private final Window window;
    private final @Nullable LineLabels labels;
    private long position;

    FilteredChannel(Reading reading, LogSelection selection, long position, @Nullable LineLabels labels) {
        this.reading = reading;
        this.filter = new Filter(selection, reading.log().names());
        this.runs = new Runs(reading);
        this.window = new Window(reading);
        this.labels = labels;
        this.position = position;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.hasRemaining()) {
            if (position < reading.extent().bytes()) {
                advance(into);
            } else if (into.position() > before) {
                break;
            } else if (reading.complete()) {
                return -1;
            } else if (!reading.await(position, PATIENCE)) {
                window.forget();
                reading.await(position, OpenLog.FOR_EVER);
            }
        }
        return into.position() - before;
    }

    private void advance(ByteBuffer into) throws IOException {
        Runs.Run run = runs.at(position);
        long length = run.end() - position;
        if (!filter.wants(run.mark())) {
            position = run.end();
        } else if (labels != null) {
            ByteBuffer piece = window.show(position, (int) Math.min(length, Window.MOST));
            labels.turnTo(run.mark().job(), reading.log().names());
            labels.copy(piece, into);
            position += piece.position();
        } else if (Math.min(length, into.remaining()) >= DIRECT) {
            position += reading.read(into, position, length);
        } else {
            ByteBuffer piece = window.show(position, (int) Math.min(length, into.remaining()));
            position += piece.remaining();
            into.put(piece);
        }
    }

    @Override
    public boolean isOpen() {
        return reading.isOpen();
    }

    @Override
    public void close() {
        reading.close();
    }
}
