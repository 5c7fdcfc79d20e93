package io.sallyport.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** Read-only connections, lent one at a time, opened as needed up to the semaphore's count. */
final class ReaderPool {
    private final Path file;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ReaderPool(Path file, Semaphore permits) {
        this.file = file;
        this.permits = permits;
    }

    Lease lease() throws SQLException {
        permits.acquireUninterruptibly();
        try {
            if (closed) {
                throw new DatabaseException(file, "the database is closed", null);
            }
            Connection connection = idle.poll();
            return new Lease(this, connection == null ? Connections.reader(file) : connection);
        } catch (SQLException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    void close() {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            quietly(connection);
        }
    }

    private void giveBack(Connection connection) {
        if (closed) {
            quietly(connection);
        } else {
            idle.push(connection);
        }
        permits.release();
    }

    private static void quietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // A read-only connection has nothing to lose.
        }
    }

    /** A connection on loan; closing it gives it back. */
    record Lease(ReaderPool pool, Connection connection) implements AutoCloseable {
        @Override
        public void close() {
            pool.giveBack(connection);
        }
    }
}
