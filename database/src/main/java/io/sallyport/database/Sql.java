package io.sallyport.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements with their arguments in one call. Arguments are bound, never pasted into the text. */
public final class Sql {
    private Sql() {}

    /**
     * Makes a value of the current row.
     *
     * @param <T> the value
     */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the current row; does not move on. */
        T read(ResultSet row) throws SQLException;
    }

    /** All rows of a query, in order. The query must bound its own number of rows. */
    public static <T> List<T> list(Connection connection, String query, Row<T> reader, @Nullable Object... arguments)
            throws SQLException {
        return use(connection, query, arguments, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        });
    }

    /** The first row of a query, if there is one. */
    public static <T> Optional<T> first(
            Connection connection, String query, Row<T> reader, @Nullable Object... arguments) throws SQLException {
        return use(connection, query, arguments, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        });
    }

    /** Runs a statement that changes rows; the answer is their count. */
    public static int update(Connection connection, String statement, @Nullable Object... arguments)
            throws SQLException {
        return use(connection, statement, arguments, PreparedStatement::executeUpdate);
    }

    /** Runs an INSERT; the answer is the row id that SQLite gave. */
    public static long insert(Connection connection, String statement, @Nullable Object... arguments)
            throws SQLException {
        update(connection, statement, arguments);
        return first(connection, "SELECT last_insert_rowid()", row -> row.getLong(1))
                .orElseThrow();
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private static <T> T use(Connection connection, String text, @Nullable Object[] arguments, Use<T> use)
            throws SQLException {
        if (!(connection instanceof CachingConnection caching)) {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                return use.of(bound(statement, arguments));
            }
        }
        PreparedStatement statement = caching.take(text);
        boolean done = false;
        try {
            T result = use.of(bound(statement, arguments));
            done = true;
            return result;
        } finally {
            if (done) {
                caching.giveBack(text, statement);
            } else {
                statement.close();
            }
        }
    }

    private static PreparedStatement bound(PreparedStatement statement, @Nullable Object[] arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
