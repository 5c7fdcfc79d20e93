package io.sallyport.builds.log;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a log's {@link Tail} in its place, after a line that says how much is missing. Nothing of it is shown before the
 * log has ended, so it can be undone: here when the disk is full, by {@link Repair} after a crash.
 */
final class TailMerge {
    private static final Logger LOG = LoggerFactory.getLogger(TailMerge.class);

    private final LogAppender appender;
    private final Tail tail;
    private final long time;

    TailMerge(LogAppender appender, Tail tail, long time) {
        this.appender = appender;
        this.tail = tail;
        this.time = time;
    }

    /** Merges all of the tail, or on a full disk the half of it that is newer, or in the end nothing. */
    void run() throws IOException {
        Extent before = appender.extent();
        appender.beginMerge();
        boolean merged = false;
        while (!merged) {
            try {
                copy(tail.kept());
                merged = true;
            } catch (IOException e) {
                LOG.warn("the kept end of a log finds no room", e);
                appender.cutTo(before);
                merged = !tail.dropOlder();
            }
        }
    }

    private void copy(List<TailFile> kept) throws IOException {
        long gone = kept.isEmpty() ? tail.printed() : kept.getFirst().before();
        if (gone > 0) {
            appender.say(time, Notice.leftOut(gone + cut(kept)));
        }
        LineCut cut = new LineCut();
        for (TailFile file : kept) {
            file.each((frame, piece) -> copy(frame, piece, gone > 0 ? cut.skip(frame, piece) : 0));
        }
    }

    private void copy(Frame frame, byte[] piece, int skip) throws IOException {
        if (skip == frame.length()) {
            return;
        }
        if (frame.stream() == Stream.SYSTEM && frame.lineStart()) {
            appender.beginLine(frame.time(), frame.job());
        }
        appender.append(frame.time(), frame.job(), frame.stream(), piece, skip, frame.length() - skip);
    }

    /** How many bytes of what is kept are given up for lines to begin at their start. */
    private static long cut(List<TailFile> kept) throws IOException {
        LineCut cut = new LineCut();
        long[] sum = {0};
        for (TailFile file : kept) {
            file.each((frame, piece) -> sum[0] += cut.skip(frame, piece));
        }
        return sum[0];
    }
}
