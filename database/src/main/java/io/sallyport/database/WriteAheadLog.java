package io.sallyport.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Brings what has been committed from the write-ahead log to the database file, so that the log can begin anew
 * (sqlite.org/wal.html). SQLite would do this by itself, but keeps silent when it fails, and tries again: after an fsync
 * that has failed, that would be to trust pages that may be lost.
 */
final class WriteAheadLog {
    /** As SQLite's own default. */
    private static final int PAGES = 1000;

    private WriteAheadLog() {}

    /**
     * Does so when the log is long. For the writer, between transactions.
     *
     * @throws SQLException when it fails; what has been committed is in the log still
     */
    static void empty(Connection connection) throws SQLException {
        if (run(connection, "NOOP") >= PAGES) {
            run(connection, "PASSIVE");
        }
    }

    /** The answer is how many pages are in the log. */
    private static int run(Connection connection, String mode) throws SQLException {
        return Sql.first(connection, "PRAGMA wal_checkpoint(" + mode + ")", row -> row.getInt(2))
                .orElseThrow();
    }
}
