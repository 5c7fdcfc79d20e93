package io.sallyport.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a file's schema to the newest version, each step in a transaction of its own. */
final class Migrations {
    private Migrations() {}

    static void run(Path file, Connection connection, List<List<String>> scripts) throws SQLException {
        int version = version(connection);
        if (version > scripts.size()) {
            throw new DatabaseException(
                    file,
                    "the database has format " + version + ", this program knows up to " + scripts.size()
                            + ": run the newer program, or restore an older backup",
                    null);
        }
        connection.setAutoCommit(false);
        for (int next = version; next < scripts.size(); next++) {
            step(connection, scripts.get(next), next + 1);
        }
    }

    private static void step(Connection connection, List<String> script, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script) {
                statement.execute(sql);
            }
            statement.execute("PRAGMA user_version = " + version);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
