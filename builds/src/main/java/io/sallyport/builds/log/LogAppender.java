package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes bytes at the end of a log, and marks that say whose they are. A mark is written before its bytes, so that
 * whatever a kill leaves is attributed rightly; it counts once a byte of it is there. Under the writer's lock, but for
 * {@link #sync}.
 */
final class LogAppender implements Closeable {
    /** Bytes of the same job and stream that come within this time, in ms, share a mark. */
    private static final long SHARED = 10;

    private static final int PAGE = 4096;
    private static final byte[] NEWLINE = {'\n'};

    private final AppendFile data;
    private final AppendFile index;
    private long marks;
    private Mark last = new Mark(0, 0, 0, Stream.SYSTEM);
    private byte lastByte = '\n';

    LogAppender(LogFiles files, Extent extent) throws IOException {
        data = new AppendFile(files.data());
        try {
            index = new AppendFile(files.index());
        } catch (IOException e) {
            data.close();
            throw e;
        }
        try {
            index.overwrite(IndexHeader.BOOT, IndexHeader.bytes(Boot.current()));
            resume(extent);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void resume(Extent extent) throws IOException {
        marks = extent.marks();
        if (extent.bytes() > 0) {
            byte[] mark = new byte[Mark.BYTES];
            index.read(position(marks - 1), mark);
            last = Mark.get(ByteBuffer.wrap(mark)).orElse(last);
            byte[] end = new byte[1];
            data.read(extent.bytes() - 1, end);
            lastByte = end[0];
        }
    }

    private static long position(long mark) {
        return IndexHeader.BYTES + mark * Mark.BYTES;
    }

    /** How far the log reaches, after a failure too. */
    Extent extent() {
        return new Extent(data.size(), marks, Optional.empty());
    }

    /** Bytes of log and index. */
    long used() {
        return data.size() + index.size();
    }

    /** Makes the log end with a newline, which is the system's if it has to be added. */
    void beginLine(long time, int job) throws IOException {
        if (lastByte != '\n') {
            append(time, job, Stream.SYSTEM, NEWLINE, 0, 1);
        }
    }

    /** Appends a line about the log itself. */
    void say(long time, String text) throws IOException {
        beginLine(time, 0);
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        append(time, 0, Stream.SYSTEM, line, 0, line.length);
    }

    /**
     * Appends bytes, at least one.
     *
     * @param time in ms since 1970
     * @throws IOException when not all could be written; {@link #extent} tells how many were
     */
    void append(long time, int job, Stream stream, byte[] bytes, int from, int length) throws IOException {
        Mark mark = new Mark(data.size(), time, job, stream);
        boolean fresh = marks == 0 || !last.sameSource(mark) || Math.abs(time - last.time()) >= SHARED;
        index.truncate(position(marks)); // a mark that never got its bytes
        if (fresh) {
            ByteBuffer record = ByteBuffer.allocate(Mark.BYTES);
            mark.put(record);
            index.append(record.array(), 0, Mark.BYTES);
        }
        try {
            data.append(bytes, from, length);
        } finally {
            int count = (int) (data.size() - mark.offset());
            if (count > 0) {
                lastByte = bytes[from + count - 1];
                if (fresh) {
                    marks++;
                    last = mark;
                }
            }
        }
    }

    /** Notes durably that the log is to be cut here when it is opened, unless it has ended by then. */
    void beginMerge() throws IOException {
        index.overwrite(IndexHeader.MERGING, IndexHeader.merging(OptionalLong.of(data.size())));
        index.sync();
    }

    /** Takes back what was appended since an extent. */
    void cutTo(Extent extent) throws IOException {
        data.truncate(extent.bytes());
        index.truncate(position(extent.marks()));
        resume(extent);
    }

    /** Makes all that was appended durable, marks first: no byte is to survive a power cut without its mark. */
    void sync() throws IOException {
        index.sync();
        data.sync();
    }

    /** Notes that so many bytes are on the disk, for whoever opens the log after a power cut. */
    void synced(long bytes) throws IOException {
        index.overwrite(IndexHeader.SYNCED, IndexHeader.bytes(bytes));
    }

    /** Marks the end durably, after all that was appended. Takes no space on the disk. */
    void end(BuildState state, long time) throws IOException {
        if (index.size() > PAGE) { // else the marks reach the disk together with the end
            index.sync();
        }
        data.sync();
        index.overwrite(IndexHeader.END, IndexHeader.end(state, time));
        index.sync();
    }

    @Override
    public void close() throws IOException {
        try (data) {
            index.close();
        }
    }
}
