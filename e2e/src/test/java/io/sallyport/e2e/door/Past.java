package io.sallyport.e2e.door;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes a gateway that has been stopped believe that time has passed, since no test can wait for days.
 *
 * @param home its state directory
 */
record Past(Path home) {
    /** Builds of these numbers ended so many days earlier. */
    void age(int days, long... builds) throws SQLException {
        for (long build : builds) {
            update("UPDATE builds SET created = created - %2$d, started = started - %2$d, finished = finished - %2$d"
                    .concat(" WHERE id = %1$d")
                    .formatted(build, Duration.ofDays(days).toMillis()));
        }
    }

    /** All schedules have been due since then. */
    void due(Instant since) throws SQLException {
        update("UPDATE schedules SET due = " + since.toEpochMilli());
    }

    private void update(String statement) throws SQLException {
        try (Connection records = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("db.sqlite"));
                Statement change = records.createStatement()) {
            change.executeUpdate(statement);
        }
    }
}
