package io.sallyport.builds.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a log's job prints after the log's head is full: not a part of the log yet, because only the last of it will be.
 * Two files; when the newer is full the older is dropped, so that between a half and all of their space holds the last
 * that was printed. It is not synced: a power
 * cut may take some of it, as it takes the unsynced end of a log. Under the writer's lock.
 */
final class Tail implements Closeable {
    /** The most bytes of a piece. */
    static final int PIECE = 64 << 10;

    private final LogFiles files;
    private final long most;
    private AppendFile newer;
    private long printed;

    private Tail(LogFiles files, LogLimits limits, AppendFile newer) {
        this.files = files;
        this.most = limits.tailFile();
        this.newer = newer;
    }

    /** Whether a log has one. */
    static boolean exists(LogFiles files) {
        return Files.exists(files.tail()) || Files.exists(files.olderTail());
    }

    /** Opens a tail where it stood, or begins one. */
    static Tail open(LogFiles files, LogLimits limits) throws IOException {
        Optional<TailFile> older = TailFile.read(files.olderTail());
        Optional<TailFile> known = TailFile.read(files.tail()).or(() -> older);
        AppendFile newer = new AppendFile(files.tail());
        Tail tail = new Tail(files, limits, newer);
        tail.printed = known.map(file -> file.before() + file.bytes()).orElse(0L);
        try {
            newer.truncate(known.filter(file -> file.path().equals(files.tail()))
                    .map(TailFile::size)
                    .orElse(0L));
        } catch (IOException e) {
            tail.close();
            throw e;
        }
        return tail;
    }

    /** How many bytes were given so far. */
    long printed() {
        return printed;
    }

    /** The most bytes that {@link #add} takes at once. */
    int longestPiece() {
        return (int) Math.min(PIECE, most - TailFile.HEADER - Frame.BYTES);
    }

    /**
     * Takes a piece.
     *
     * @throws IOException when it cannot be written; nothing of it is then kept
     */
    void add(Frame frame, byte[] bytes, int from) throws IOException {
        if (newer.size() > TailFile.HEADER && newer.size() + Frame.BYTES + frame.length() > most) {
            rotate();
        }
        long start = newer.size();
        try {
            if (start < TailFile.HEADER) {
                newer.truncate(0);
                newer.append(TailFile.header(printed), 0, TailFile.HEADER);
            }
            ByteBuffer head = ByteBuffer.allocate(Frame.BYTES);
            frame.put(head);
            newer.append(head.array(), 0, Frame.BYTES);
            newer.append(bytes, from, frame.length());
            printed += frame.length();
        } catch (IOException e) {
            newer.truncate(start);
            throw e;
        }
    }

    private void rotate() throws IOException {
        Files.move(files.tail(), files.olderTail(), StandardCopyOption.ATOMIC_MOVE);
        AppendFile next;
        try {
            next = new AppendFile(files.tail());
        } catch (IOException e) { // no descriptor left, or no inode
            Files.move(files.olderTail(), files.tail(), StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        newer.close();
        newer = next;
    }

    /** What is kept, older first. */
    List<TailFile> kept() throws IOException {
        List<TailFile> kept = new ArrayList<>();
        TailFile.read(files.olderTail()).ifPresent(kept::add);
        TailFile.read(files.tail()).ifPresent(kept::add);
        return kept;
    }

    /** Gives the older half of the space back, or the newer when that is gone; false when there is no more to drop. */
    boolean dropOlder() throws IOException {
        if (Files.deleteIfExists(files.olderTail())) {
            return true;
        }
        boolean had = newer.size() > 0;
        newer.truncate(0);
        return had;
    }

    /** Removes what is kept. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(files.olderTail());
        Files.deleteIfExists(files.tail());
    }

    @Override
    public void close() throws IOException {
        newer.close();
    }
}
