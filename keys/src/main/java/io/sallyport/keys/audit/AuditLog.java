package io.sallyport.keys.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.keys.HostKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of all that is asked and decided: a chain of records in segment files. May be used by any thread.
 *
 * <p>A record that is {@link #tell told} is in the operating system's hands when the call returns, and on the disk within
 * a second. One that is {@link #commit committed} is on the disk when the call returns; all that wait for the disk at
 * the same time wait for one fsync, done by a thread of its own.
 *
 * <p>While nothing can be written, commits fail, and what is told is counted; the count is the first record when writing
 * works again. After a failed fsync commits fail until the program starts anew: the kernel may have dropped the pages
 * that it could not write, so a later fsync proves nothing.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int ASIDE = 4096;
    private static final Duration TENDING = Duration.ofHours(1);
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(500);

    private final Segments segments;
    private final Retention retention;
    private final Clock clock;
    private final HostKey key;
    private final Chain chain; // guarded by lock, like what follows
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition synced = lock.newCondition();
    private final Condition grown = lock.newCondition();
    private long onDisk;
    private long waitedFor;
    private int following;
    private boolean closing;
    private boolean closed;
    private boolean failing;
    private @Nullable IOException distrust;
    private int tended;
    private Instant tendedAt = Instant.EPOCH;

    private final BlockingQueue<AuditEvent> aside = new ArrayBlockingQueue<>(ASIDE);
    private final AtomicLong overflow = new AtomicLong();
    private final Thread syncer;

    private AuditLog(Segments segments, AuditSettings settings, Clock clock, HostKey key) throws IOException {
        this.segments = segments;
        this.retention = new Retention(segments, settings);
        this.clock = clock;
        this.key = key;
        this.chain = Chain.open(segments, settings, clock, key);
        this.syncer = Thread.ofPlatform().name("audit-sync").start(this::sync);
    }

    /**
     * Takes up the log in a folder, made if absent.
     *
     * @param folder belongs to this log alone; its parent must exist
     * @param key signs checkpoints
     * @throws IOException when it cannot be read or written
     */
    public static AuditLog open(Path folder, AuditSettings settings, Clock clock, HostKey key) throws IOException {
        Segments segments = new Segments(folder);
        segments.create();
        return new AuditLog(segments, settings, clock, key);
    }

    /**
     * Writes a record.
     *
     * @return its sequence number; 0 when it could only be counted
     */
    public long tell(AuditEvent event) {
        lock.lock();
        try {
            addAside();
            return add(Fields.of(event));
        } catch (IOException e) {
            chain.lose();
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes a record and waits until it is on the disk.
     *
     * @return its sequence number
     * @throws IOException when it is not on the disk, so that what it tells of must not be done
     */
    public long commit(AuditEvent event) throws IOException, InterruptedException {
        lock.lock();
        try {
            requireTrust();
            addAside();
            long sequence = add(Fields.of(event));
            awaitDisk(sequence);
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    /** Writes a record within a second, without ever waiting, for threads that must not; order is kept. */
    public void tellAside(AuditEvent event) {
        if (!aside.offer(event)) {
            overflow.incrementAndGet();
        }
    }

    /**
     * Signs what the chain is now, for somebody to keep elsewhere.
     *
     * @throws IOException when that is not on the disk
     */
    public Checkpoint checkpoint() throws IOException, InterruptedException {
        ChainEnd end;
        lock.lock();
        try {
            requireTrust();
            end = chain.end();
            awaitDisk(end.sequence());
        } finally {
            lock.unlock();
        }
        return Checkpoint.of(end, clock.instant(), key);
    }

    /** The failed fsync since which nothing is committed any more. */
    public Optional<IOException> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(distrust);
        } finally {
            lock.unlock();
        }
    }

    /** The place after the last record. */
    ChainEnd end() {
        lock.lock();
        try {
            return chain.end();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens the records after one.
     *
     * @param after sequence number; 0 for all that are kept
     * @param follow whether to go on with those that are still to come
     */
    public AuditRecords records(long after, boolean follow) {
        return new AuditRecords(this, segments, after, follow ? Long.MAX_VALUE : end().sequence());
    }

    /** Waits until there is a record after that one; false when there will be none. */
    boolean awaitAfter(long sequence) throws InterruptedException {
        lock.lock();
        try {
            following++;
            while (chain.end().sequence() <= sequence && !closing) {
                grown.await();
            }
            return chain.end().sequence() > sequence;
        } finally {
            following--;
            lock.unlock();
        }
    }

    private long add(ObjectNode fields) throws IOException {
        if (closed) {
            throw new IOException("the audit log is closed");
        }
        try {
            long sequence = chain.add(fields);
            failing = false;
            if (following > 0) {
                grown.signalAll();
            }
            return sequence;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("the audit log cannot be written: what would change something is refused", e);
                failing = true;
            }
            throw e;
        }
    }

    private void addAside() {
        List<AuditEvent> events = new ArrayList<>();
        aside.drainTo(events);
        for (AuditEvent event : events) {
            try {
                add(Fields.of(event));
            } catch (IOException e) {
                chain.lose();
            }
        }
        for (long more = overflow.getAndSet(0); more > 0; more--) {
            chain.lose();
        }
    }

    private void awaitDisk(long sequence) throws IOException, InterruptedException {
        waitedFor = Math.max(waitedFor, sequence);
        wanted.signal();
        while (onDisk < sequence) {
            requireTrust();
            synced.await();
        }
    }

    private void requireTrust() throws IOException {
        if (distrust != null) {
            throw new IOException("the audit log could not be brought to the disk", distrust);
        }
    }

    private void sync() {
        boolean last = false;
        while (!last) {
            Chain.Unsynced unsynced;
            List<Retention.Removal> removals;
            lock.lock();
            try {
                awaitWork();
                addAside();
                removals = upkeep();
                last = closing;
                closed = closing;
                unsynced = chain.unsynced();
            } finally {
                lock.unlock();
            }
            force(unsynced);
            remove(removals);
        }
    }

    /** Adds the records that the log makes by itself; the answer is what may be deleted when they are on the disk. */
    private List<Retention.Removal> upkeep() {
        try {
            chain.signIfDue();
            if (chain.segment() == tended && clock.instant().isBefore(tendedAt.plus(TENDING))) {
                return List.of();
            }
            tended = chain.segment();
            tendedAt = clock.instant();
            List<Retention.Removal> due = retention.due(tendedAt);
            for (Retention.Removal removal : due) {
                chain.add(removal.fields());
            }
            return due;
        } catch (IOException e) {
            LOG.warn("the upkeep of the audit log failed, and is tried again", e);
            return List.of();
        }
    }

    private void remove(List<Retention.Removal> removals) {
        if (failure().isPresent()) {
            return;
        }
        try {
            retention.remove(removals);
        } catch (IOException e) {
            LOG.warn("segments of the audit log could not be removed, and will be later", e);
        }
    }

    /** Returns when somebody waits for the disk, else after half a second. */
    private void awaitWork() {
        long left = SOON;
        while (left > 0 && !closing && (waitedFor <= onDisk || distrust != null)) {
            try {
                left = wanted.awaitNanos(left);
            } catch (InterruptedException e) {
                LOG.debug("nobody interrupts this thread; close() sets a flag instead");
            }
        }
    }

    private void force(Chain.Unsynced unsynced) {
        IOException failure = null;
        try {
            unsynced.force();
        } catch (IOException e) {
            LOG.error("fsync of the audit log failed: it is read-only until the program starts anew", e);
            failure = e;
        }
        lock.lock();
        try {
            if (failure != null) {
                distrust = failure;
            }
            if (distrust == null) {
                onDisk = unsynced.upTo();
            }
            synced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes that the log ends in good order, brings all to the disk and gives it up. Repeated calls do nothing. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            addAside();
            add(Fields.of(new AuditEvent.Stopped()));
            chain.sign();
        } catch (IOException e) {
            chain.lose();
        } finally {
            closing = true;
            wanted.signal();
            grown.signalAll();
            lock.unlock();
        }
        joinUninterruptibly();
        chain.close();
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (syncer.isAlive()) {
            try {
                syncer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
