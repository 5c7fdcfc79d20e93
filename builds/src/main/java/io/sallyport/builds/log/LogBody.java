package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written to a log and where: at its end while its head has room, then to its {@link Tail}, which is put in place
 * at the end. Under the writer's lock, but for {@link #sync}.
 */
final class LogBody {
    private static final Logger LOG = LoggerFactory.getLogger(LogBody.class);
    private static final byte[] NEWLINE = {'\n'};

    private final LogFiles files;
    private final LogLimits limits;
    private final LogAppender appender;
    private final BitSet midLine = new BitSet(); // sources whose last byte was not a newline
    private @Nullable Tail tail;
    private long nextNotice;
    private long lost;

    LogBody(LogFiles files, Extent extent, LogLimits limits) throws IOException {
        this.files = files;
        this.limits = limits;
        this.appender = new LogAppender(files, extent);
        this.nextNotice = 2 * limits.head();
        if (Tail.exists(files)) {
            try {
                tail = Tail.open(files, limits);
            } catch (IOException e) {
                appender.close();
                throw e;
            }
            while (nextNotice < printed()) {
                nextNotice *= 2;
            }
        }
    }

    Extent extent() {
        return appender.extent();
    }

    /** Appends all remaining bytes; what cannot be stored is counted as lost. */
    void append(long time, int job, Stream stream, ByteBuffer bytes) throws IOException {
        try {
            sayLost(time);
            put(time, job, stream, bytes);
        } catch (IOException e) {
            lost += bytes.remaining();
            throw e;
        }
    }

    private void sayLost(long time) throws IOException {
        if (lost > 0) {
            put(time, 0, Stream.SYSTEM, line(Notice.lost(lost)));
            lost = 0;
        }
    }

    private void put(long time, int job, Stream stream, ByteBuffer bytes) throws IOException {
        if (stream != Stream.SYSTEM) {
            putBytes(time, job, stream, bytes);
            return;
        }
        if (tail == null) {
            appender.beginLine(time, job);
        }
        putBytes(time, job, stream, bytes);
        if (midLine.get(Frame.source(job, stream))) {
            putBytes(time, job, stream, ByteBuffer.wrap(NEWLINE));
        }
    }

    private void putBytes(long time, int job, Stream stream, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            ByteBuffer piece = bytes.slice();
            piece.limit(Math.min(piece.limit(), Tail.PIECE));
            if (!piece.hasArray()) {
                piece = ByteBuffer.allocate(piece.limit()).put(piece).flip();
            }
            try {
                putPiece(time, job, stream, piece);
            } finally {
                if (piece.position() > 0) {
                    bytes.position(bytes.position() + piece.position());
                    midLine.set(Frame.source(job, stream), bytes.get(bytes.position() - 1) != '\n');
                }
            }
        }
    }

    /** Appends the piece, or as much of it as there is room for in one place; its position tells how much. */
    private void putPiece(long time, int job, Stream stream, ByteBuffer piece) throws IOException {
        long room = limits.head() - appender.used() - Mark.BYTES;
        if (tail == null && room <= 0) {
            tail = Tail.open(files, limits);
            appender.say(time, Notice.full(limits));
        }
        Tail aside = tail;
        if (aside == null) {
            live(time, job, stream, piece, (int) Math.min(piece.remaining(), room));
        } else {
            sayGrowth(time);
            aside(aside, time, job, stream, piece);
        }
    }

    private void live(long time, int job, Stream stream, ByteBuffer piece, int length) throws IOException {
        long before = appender.extent().bytes();
        try {
            appender.append(time, job, stream, piece.array(), piece.arrayOffset(), length);
        } finally {
            piece.position((int) (appender.extent().bytes() - before));
        }
    }

    private void aside(Tail aside, long time, int job, Stream stream, ByteBuffer piece) throws IOException {
        int length = Math.min(piece.remaining(), aside.longestPiece());
        boolean lineStart = !midLine.get(Frame.source(job, stream));
        aside.add(new Frame(length, time, job, stream, lineStart), piece.array(), piece.arrayOffset());
        piece.position(length);
    }

    private long printed() {
        Tail aside = tail;
        return appender.extent().bytes() + (aside == null ? 0 : aside.printed());
    }

    private void sayGrowth(long time) throws IOException {
        if (printed() >= nextNotice) {
            nextNotice *= 2;
            appender.say(time, Notice.stillGrowing(printed()));
        }
    }

    private static ByteBuffer line(String text) {
        return StandardCharsets.UTF_8.encode(text + "\n");
    }

    /** Ends the log durably. A full disk costs the tail at worst. */
    void end(BuildState state, long time) throws IOException {
        try {
            sayLost(time);
        } catch (IOException e) {
            LOG.warn("{}: {} bytes were lost and that cannot be said", files.data(), lost, e);
        }
        Tail aside = tail;
        if (aside != null) {
            new TailMerge(appender, aside, time).run();
        }
        appender.end(state, time);
        if (aside != null) {
            delete(aside);
        }
    }

    private void delete(Tail aside) {
        try {
            aside.delete();
        } catch (IOException e) {
            LOG.warn("{}: what was put in place cannot be removed; that is tried again", files.data(), e);
        }
    }

    /** Makes the log durable as far as it is one. From any thread. */
    void sync() throws IOException {
        appender.sync();
    }

    /** Notes that so many bytes are on the disk. */
    void synced(long bytes) throws IOException {
        appender.synced(bytes);
    }

    /** Frees the files. */
    void close() {
        try {
            appender.close();
            Tail aside = tail;
            if (aside != null) {
                aside.close();
            }
        } catch (IOException e) {
            LOG.warn("closing {} failed", files.data(), e);
        }
    }
}
