package io.sallyport.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A piece of work on a connection: statements and queries, no commit, no rollback, no closing of the connection.
 *
 * @param <T> what the work answers
 */
@FunctionalInterface
public interface Work<T> {
    /**
     * Does the work. Called on the writer thread for writes and on the caller's thread for reads.
     *
     * @throws SQLException when a statement fails; the work's changes are then undone
     */
    T run(Connection connection) throws SQLException;
}
