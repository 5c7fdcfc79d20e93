package io.sallyport.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Copies of a database that others may be writing to, as of one moment. */
public final class Snapshot {
    private Snapshot() {}

    /**
     * Copies a database with all that was committed when this began, and nothing half done.
     *
     * @param to must not be there
     * @throws IOException when it cannot be read or the copy not be written
     */
    public static void of(Path database, Path to) throws IOException {
        NativeLibrary.load();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("VACUUM INTO '" + to.toString().replace("'", "''") + "'");
        } catch (SQLException e) {
            throw new IOException("cannot copy " + database, e);
        }
    }

    /**
     * Looks at a whole database that nobody writes to.
     *
     * @throws IOException when it is damaged
     */
    public static void check(Path database) throws IOException {
        NativeLibrary.load();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
            String words = found.next() ? found.getString(1) : "nothing";
            if (!words.equals("ok")) {
                throw new IOException(database + " is damaged: " + words);
            }
        } catch (SQLException e) {
            throw new IOException(database + " is damaged", e);
        }
    }
}
