package io.sallyport.builds.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each log that is read or written is open once; with its last user it is closed. From any thread. */
final class OpenLogs implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenLogs.class);

    private final LogFolder folder;
    private final Map<Long, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger followers = new AtomicInteger();
    private volatile boolean closed;

    OpenLogs(LogFolder folder) {
        this.folder = folder;
    }

    LogFiles files(long build) {
        return new LogFiles(folder.path(), build);
    }

    /** How many readings of all logs go on with what comes. */
    int followers() {
        return followers.get();
    }

    /** One more does. */
    void follow(OpenLog log) {
        followers.incrementAndGet();
        log.follow(1);
    }

    /** One does no more. */
    void unfollow(OpenLog log) {
        followers.decrementAndGet();
        log.follow(-1);
    }

    /** The log, open until {@link #release} is called as often as this. */
    OpenLog acquire(long build) throws IOException {
        while (true) {
            Entry entry = entries.computeIfAbsent(build, Entry::new);
            synchronized (entry) {
                if (!entry.dropped) {
                    return acquire(entry);
                }
            }
        }
    }

    private OpenLog acquire(Entry entry) throws IOException {
        OpenLog log = entry.log;
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (log == null) {
                log = OpenLog.open(files(entry.build));
                entry.log = log;
            }
            entry.users++;
            return log;
        } finally {
            drop(entry);
        }
    }

    void release(OpenLog log) {
        Entry entry = entries.get(log.files().build());
        if (entry == null) {
            return;
        }
        synchronized (entry) {
            entry.users--;
            drop(entry);
        }
    }

    /** Forgets a log without users. */
    private void drop(Entry entry) {
        if (entry.users > 0) {
            return;
        }
        entry.dropped = true;
        entries.remove(entry.build, entry);
        OpenLog log = entry.log;
        if (log != null) {
            try {
                log.close();
            } catch (IOException e) {
                LOG.warn("closing the log of build {} failed", entry.build, e);
            }
        }
    }

    /** Removes a log. Its readers may read on in what they have open; its followers are told. */
    void delete(long build) throws IOException {
        while (true) {
            Entry entry = entries.computeIfAbsent(build, Entry::new);
            synchronized (entry) {
                if (!entry.dropped) {
                    try {
                        delete(entry);
                    } finally {
                        drop(entry);
                    }
                    return;
                }
            }
        }
    }

    private void delete(Entry entry) throws IOException {
        OpenLog log = entry.log;
        if (log != null && log.isWritten()) {
            throw new IllegalStateException("the log of build " + entry.build + " is being written");
        }
        files(entry.build).delete();
        if (log != null) {
            log.breakOff(new IOException("deleted"));
        }
    }

    /** Opens none any more, and tells the followers of those that are open. */
    @Override
    public void close() {
        closed = true;
        for (Entry entry : entries.values()) {
            synchronized (entry) {
                OpenLog log = entry.log;
                if (log != null) {
                    log.breakOff(new ClosedChannelException());
                }
            }
        }
    }

    /** A log and how many use it; all guarded by itself. */
    private static final class Entry {
        final long build;

        @Nullable
        OpenLog log;

        int users;
        boolean dropped;

        Entry(long build) {
            this.build = build;
        }
    }
}
