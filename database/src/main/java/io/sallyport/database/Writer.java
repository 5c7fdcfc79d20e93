package io.sallyport.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The one thread that writes: takes all work that waits, runs it in one transaction, commits, then answers all. */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int WAITING = 1024;
    private static final Set<SQLiteErrorCode> NOT_SYNCED =
            EnumSet.of(SQLiteErrorCode.SQLITE_IOERR_FSYNC, SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC);

    private final Path file;
    private final Connection connection;
    private final BlockingQueue<Order<?>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong turn = new AtomicLong();
    private volatile Consumer<Duration> commitTime = took -> {};
    private final Thread thread;
    private boolean closed; // guarded by this
    private volatile @Nullable SQLException distrust;

    Writer(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.thread = Thread.ofPlatform().name("database-writer").start(this::work);
    }

    <T> T submit(Work<T> work) {
        Order<T> order = new Order<>(work, new CompletableFuture<>());
        enqueue(order);
        try {
            return order.answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new DatabaseException(file, "cannot write", e.getCause());
        }
    }

    private void enqueue(Order<?> order) {
        // Held while waiting for a place: a full queue slows all writers alike, and close() comes after those in line.
        synchronized (this) {
            if (closed) {
                throw new DatabaseException(file, "the database is closed", null);
            }
            putUninterruptibly(order);
        }
    }

    private void putUninterruptibly(Order<?> order) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.put(order);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Order<?>> batch = new ArrayList<>();
        boolean last = false;
        while (!last) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                continue; // nobody interrupts this thread; close() sends a last order instead
            }
            waiting.drainTo(batch);
            last = batch.removeIf(order -> order.work == null);
            transact(batch);
            batch.clear();
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("closing {} failed", file, e);
        }
    }

    private void transact(List<Order<?>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        SQLException before = distrust;
        boolean committed = before == null && commit(batch);
        if (before != null) {
            batch.forEach(order -> order.failure = before);
        }
        batch.forEach(Order::answer);
        if (committed) {
            shorten(); // nobody has to wait for that: what they have written is on disk
        }
    }

    /** Whether it has been; what has failed is told to each. */
    private boolean commit(List<Order<?>> batch) {
        for (Order<?> order : batch) {
            order.run(connection);
            if (order.lost) {
                undo();
                batch.forEach(other -> other.failure = order.failure);
                return false;
            }
        }
        try {
            long began = System.nanoTime();
            turn.incrementAndGet();
            try {
                connection.commit();
            } finally {
                turn.incrementAndGet();
            }
            commitTime.accept(Duration.ofNanos(System.nanoTime() - began));
            tell();
            return true;
        } catch (SQLException e) {
            undo();
            batch.forEach(order -> order.failure = e);
            examine(e);
            return false;
        }
    }

    private void shorten() {
        try {
            WriteAheadLog.empty(connection);
        } catch (SQLException e) {
            LOG.warn("the write-ahead log of {} cannot be emptied yet", file, e);
            examine(e);
        }
    }

    private void examine(SQLException e) {
        if (e instanceof SQLiteException failure && NOT_SYNCED.contains(failure.getResultCode())) {
            // The kernel may have dropped the pages that it could not write: a later fsync proves nothing.
            LOG.error("fsync of {} failed: it is read-only until the program starts anew", file, e);
            distrust = e;
        }
    }

    private void tell() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener failed on a commit of {}", file, e);
            }
        }
    }

    /** Counts up when a commit begins and when it is over: odd while one is under way. */
    long turn() {
        return turn.get();
    }

    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    void onCommitTime(Consumer<Duration> listener) {
        commitTime = listener;
    }

    /** The failed fsync since which nothing is written any more. */
    Optional<SQLException> failure() {
        return Optional.ofNullable(distrust);
    }

    private void undo() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // SQLite has rolled back by itself, as it does when the disk is full; the driver has to begin anew.
            begin();
        }
    }

    private void begin() {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("there was nothing to commit", e);
        }
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            LOG.error("{} cannot begin a transaction", file, e);
        }
    }

    /** Lets the work in line finish, then closes the connection. Repeated calls do nothing. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            putUninterruptibly(new Order<>(null, new CompletableFuture<>()));
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One caller's work and where it waits for the answer; no work means: the last order, stop. */
    private static final class Order<T> {
        final @Nullable Work<T> work;
        final CompletableFuture<T> answer;

        @Nullable
        T result;

        @Nullable
        Throwable failure;

        /** The whole transaction is gone, with what others have done in it: on a full disk SQLite ends it by itself. */
        boolean lost;

        Order(@Nullable Work<T> work, CompletableFuture<T> answer) {
            this.work = work;
            this.answer = answer;
        }

        void run(Connection connection) {
            Work<T> todo = work;
            if (todo == null) {
                return;
            }
            try {
                Savepoint before = connection.setSavepoint();
                try {
                    result = todo.run(connection);
                    connection.releaseSavepoint(before);
                } catch (SQLException | RuntimeException e) {
                    failure = e;
                    connection.rollback(before);
                }
            } catch (SQLException e) {
                failure = failure == null ? e : failure;
                lost = true;
            }
        }

        @SuppressWarnings("NullAway") // a work may answer null where its caller's type says so
        void answer() {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(result);
            }
        }
    }
}
