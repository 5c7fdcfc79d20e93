package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the log of a build; there is one at a time. All methods may be called from any thread, and an interruption of
 * the caller does no harm. What is appended survives the end of the process at once, a power cut within a second or so
 * (see {@link #sync}), and is shown to followers at once, or within 50 ms when there are many.
 *
 * <p>When the log is full ({@link LogLimits}), what is appended is kept aside, as much of its end as fits, and added when
 * the build ends. A failed {@link #sync} is final: nothing can be appended any more, and followers are cut off.
 */
public final class LogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final Object syncing = new Object(); // held while files are synced or closed; taken before the lock
    private final Object lock = new Object();
    private final LogStore.Parts parts;
    private final OpenLog log;
    private final LogBody body;
    private volatile boolean folderSynced;
    private boolean ended; // guarded by lock, like the rest
    private boolean closed;
    private @Nullable IOException failure;

    LogWriter(LogStore.Parts parts, OpenLog log) throws IOException {
        this.parts = parts;
        this.log = log;
        this.body = new LogBody(log.files(), log.written(), parts.limits());
    }

    /**
     * The number of a job for {@link #append}; the same for the same name. The build as a whole has number 0.
     *
     * @param name 1 to 1,024 bytes of UTF-8
     * @throws IllegalArgumentException when the name is not, or there are 65,535 jobs
     * @throws IOException when a new name cannot be written
     */
    public int job(String name) throws IOException {
        synchronized (lock) {
            checkUsable();
            return log.names().numberOrNew(name);
        }
    }

    /**
     * Appends all remaining bytes, together. Those of {@link Stream#SYSTEM} are lines: they begin on a line of their own
     * and end with a newline, which are added to that stream where they lack.
     *
     * @param job a number that {@link #job} gave, or 0
     * @throws IOException when they cannot be stored, for example on a full disk; what could be stays, the buffer tells
     *     how much, and a line will say how many were lost when there is space again
     * @throws ClosedChannelException after the end
     */
    public void append(int job, Stream stream, ByteBuffer bytes) throws IOException {
        synchronized (lock) {
            checkUsable();
            if (!log.names().knows(job)) {
                throw new IllegalArgumentException("no job has number " + job);
            }
            try {
                body.append(now(), job, stream, bytes);
            } finally {
                log.written(body.extent());
                parts.pulse().mark(log);
                parts.syncs().mark(this);
            }
        }
    }

    /**
     * Appends a line of the gateway's own, given without its end: {@link #append} in {@link Stream#SYSTEM}. It stays
     * one line and shows all it holds, whatever names of files and commands are in it.
     */
    public void system(int job, String line) throws IOException {
        append(job, Stream.SYSTEM, StandardCharsets.UTF_8.encode(SystemLine.visible(line) + "\n"));
    }

    /**
     * Makes durable all that was appended before. It is done every second or so while the log grows.
     *
     * @throws SyncFailedException when the disk has failed, which is final
     * @throws IOException when it could not be tried, as with too many open files; it can be later
     */
    public void sync() throws IOException {
        synchronized (syncing) {
            try {
                boolean newFile;
                long reached;
                synchronized (lock) {
                    if (closed || ended || failure != null) {
                        return;
                    }
                    newFile = newFiles();
                    reached = body.extent().bytes();
                }
                body.sync();
                if (newFile) {
                    parts.folder().sync();
                    folderSynced = true;
                }
                synchronized (lock) {
                    if (!closed && !ended) {
                        body.synced(reached);
                    }
                }
            } catch (SyncFailedException e) {
                synchronized (lock) {
                    fail(e);
                }
                throw e;
            }
        }
    }

    /**
     * Ends the log, durably and for good: followers come to their end.
     *
     * @param state how the build ended
     * @throws IOException when that cannot be made durable; the log is then cut off, and can be ended after it was
     *     opened anew. A full disk is no such reason
     * @throws ClosedChannelException when it has ended already
     */
    public void end(BuildState state) throws IOException {
        if (!state.ended()) {
            throw new IllegalArgumentException(state + " is no end");
        }
        synchronized (lock) {
            checkUsable();
            try {
                if (newFiles()) {
                    parts.folder().sync();
                }
                body.end(state, now());
            } catch (IOException e) {
                fail(e);
                throw e;
            }
            ended = true;
            Extent extent = body.extent();
            log.written(new Extent(extent.bytes(), extent.marks(), Optional.of(state)));
            parts.pulse().mark(log);
        }
    }

    /** Syncs new names; whether the folder has entries that are not durable. Under the lock. */
    private boolean newFiles() throws IOException {
        return log.names().sync() || !folderSynced;
    }

    private long now() {
        return parts.clock().millis();
    }

    private void checkUsable() throws IOException {
        if (closed || ended) {
            throw new ClosedChannelException();
        }
        if (failure != null) {
            throw new IOException("the log of build " + log.files().build() + " could not be made durable", failure);
        }
    }

    private void fail(IOException why) {
        failure = why;
        log.breakOff(why);
        if (why instanceof SyncFailedException) {
            LOG.error(
                    "fsync of the log of build {} failed: all is read-only until the program starts anew",
                    log.files().build(),
                    why);
            parts.failed(why);
        }
    }

    /** Stops writing. Without {@link #end} the log can be written on by another writer. Repeated calls do nothing. */
    @Override
    public void close() {
        synchronized (syncing) {
            try {
                sync();
            } catch (IOException e) {
                LOG.error(
                        "the log of build {} could not be made durable",
                        log.files().build(),
                        e);
            }
            synchronized (lock) {
                if (closed) {
                    return;
                }
                closed = true;
                body.close();
            }
        }
        log.leaveWriting();
        parts.logs().release(log);
    }
}
