package io.sallyport.builds.outward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.StateWitness;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * States of builds that are to be reported, on disk with the change that they tell of, until they have been taken or
 * given up. Of a build that a forge has not been told a state of yet, only the newest waits. May be used from any thread but
 * where something else is said.
 */
public final class ReportOutbox implements StateWitness {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final EventLog events;
    private final boolean open;
    private final int most;
    private long puts; // of the database's writer thread

    /**
     * Keeps its records in a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one.
     *
     * @param open whether anything is reported at all
     * @param most states that may wait of one report; the oldest make room
     */
    public ReportOutbox(Database database, EventLog events, boolean open, int most) {
        this.database = database;
        this.events = events;
        this.open = open;
        this.most = most;
    }

    /** Calls back after each commit that something was put with; at once after, so it must not wait for anything. */
    void onPut(Runnable listener) {
        database.onCommit(new Runnable() {
            private long seen;

            @Override
            public void run() {
                if (seen != puts) {
                    seen = puts;
                    listener.run();
                }
            }
        });
    }

    /** A report of which something waits, and until when it is not to be tried. */
    record Waiting(long report, long project, Instant from) {}

    @Override
    public void changed(Connection connection, Build build, Instant when) throws SQLException {
        if (!open) {
            return;
        }
        List<Report> reports = Sql.list(
                connection,
                ReportRow.SELECT + " AND reports.project_id = (SELECT project_id FROM builds WHERE id = ?)",
                ReportRow::read,
                build.id());
        for (Report report : reports) {
            Optional<String> nothing = nothingToSay(report, build);
            if (nothing.isPresent()) {
                skip(connection, report, build, nothing.get(), when);
            } else if (report.settings().states().contains(build.state())) {
                put(connection, report, build, when);
            }
        }
    }

    private static Optional<String> nothingToSay(Report report, Build build) {
        if (report.settings().kind().isForge() && BuildFacts.commit(build).isEmpty()) {
            return Optional.of(
                    build.request().commit().isEmpty()
                            ? "the build has no commit: submit with commit="
                            : "the build's commit is no whole id of 40 or 64 hexadecimal digits");
        }
        return report.settings().trusted() && !build.trusted()
                ? Optional.of("the build is not trusted")
                : Optional.empty();
    }

    private static void skip(Connection connection, Report report, Build build, String words, Instant when)
            throws SQLException {
        if (build.state() == BuildState.QUEUED) {
            Sql.update(
                    connection,
                    "UPDATE reports SET skipped = ?, skipped_build = ?, skipped_words = ? WHERE id = ?",
                    when.toEpochMilli(),
                    build.id(),
                    words,
                    report.id());
        }
    }

    private void put(Connection connection, Report report, Build build, Instant when) throws SQLException {
        int waiting = report.waiting();
        if (report.settings().kind().isForge()) {
            waiting -= Sql.update(
                    connection, "DELETE FROM deliveries WHERE build_id = ? AND report_id = ?", build.id(), report.id());
        }
        while (waiting >= most) {
            giveUpOldest(connection, report, when);
            waiting--;
        }
        Sql.update(
                connection,
                "INSERT INTO deliveries (report_id, build_id, state, uuid, facts, time) VALUES (?, ?, ?, ?, ?, ?)",
                report.id(),
                build.id(),
                build.state().label(),
                UUID.randomUUID().toString(),
                BuildFacts.of(build).toString(),
                when.toEpochMilli());
        puts++;
    }

    private void giveUpOldest(Connection connection, Report report, Instant now) throws SQLException {
        Optional<Delivery> oldest = head(connection, report);
        if (oldest.isPresent()) {
            giveUp(connection, oldest.get(), "more than " + most + " states wait (reports.waiting)", now);
        }
    }

    /** The reports of which something waits, those that have waited longest first. */
    List<Waiting> waiting() {
        return database.read(connection -> Sql.list(
                connection,
                """
                SELECT id, project_id, coalesce(retry, 0) FROM reports
                WHERE id IN (SELECT report_id FROM deliveries) ORDER BY 3, 1""",
                row -> new Waiting(row.getLong(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3)))));
    }

    /** What is to be sent next of a report; empty when nothing is. */
    Optional<Delivery> next(long report) {
        return database.read(connection -> {
            Optional<Report> found =
                    Sql.first(connection, ReportRow.SELECT + " AND reports.id = ?", ReportRow::read, report);
            return found.isEmpty() ? Optional.<Delivery>empty() : head(connection, found.get());
        });
    }

    /** It has been taken. */
    void taken(Delivery delivery, String words, Instant now) {
        database.write(connection -> {
            Sql.update(connection, "DELETE FROM deliveries WHERE id = ?", delivery.id());
            return Sql.update(
                    connection,
                    """
                    UPDATE reports SET sent = ?, sent_build = ?, sent_words = ?, failures = 0, retry = NULL, problem = NULL,
                      problem_words = NULL WHERE id = ?""",
                    now.toEpochMilli(),
                    delivery.build(),
                    delivery.state().label() + ": " + words,
                    delivery.report().id());
        });
    }

    /** It has not been taken, and will be tried again. */
    void failed(Delivery delivery, String words, Instant now, Instant retry) {
        database.write(connection -> {
            Sql.update(connection, "UPDATE deliveries SET tries = tries + 1 WHERE id = ?", delivery.id());
            return problem(connection, delivery.report(), words, now, retry);
        });
    }

    /** It has not been taken, and is not tried any more. */
    void givenUp(Delivery delivery, String words, Instant now, Instant retry) {
        database.write(connection -> {
            problem(connection, delivery.report(), words, now, retry);
            return giveUp(connection, delivery, words, now);
        });
    }

    /** Of a report that was written anew meanwhile, what was wrong before is no matter. */
    private static int problem(Connection connection, Report report, String words, Instant now, Instant retry)
            throws SQLException {
        return Sql.update(
                connection, """
                UPDATE reports SET problem = ?, problem_words = ?, failures = failures + 1, retry = ?
                WHERE id = ? AND version = ?""", now.toEpochMilli(), words, retry.toEpochMilli(), report.id(), report.version());
    }

    /** Nothing is said of a state that a newer one has taken the place of, or whose report is gone. */
    private boolean giveUp(Connection connection, Delivery delivery, String words, Instant now) throws SQLException {
        boolean was = Sql.update(connection, "DELETE FROM deliveries WHERE id = ?", delivery.id()) > 0;
        if (was) {
            Report report = delivery.report();
            Sql.update(
                    connection,
                    "UPDATE reports SET failed = ?, failed_build = ?, failed_words = ? WHERE id = ?",
                    now.toEpochMilli(),
                    delivery.build(),
                    delivery.state().label() + ": " + words,
                    report.id());
            events.record(
                    connection,
                    ReportStore.event(EventType.REPORT_FAILED, report.projectId(), report.project(), report.name())
                            .fact("build", delivery.build())
                            .fact("state", delivery.state().label())
                            .fact("reason", words));
        }
        return was;
    }

    private static Optional<Delivery> head(Connection connection, Report report) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM deliveries WHERE report_id = ? ORDER BY id LIMIT 1",
                row -> delivery(row, report),
                report.id());
    }

    private static Delivery delivery(ResultSet row, Report report) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getString("uuid"),
                report,
                row.getLong("build_id"),
                BuildState.parse(row.getString("state")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("time")),
                row.getInt("tries"),
                facts(row.getString("facts")));
    }

    private static JsonNode facts(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts of a build are not JSON", e);
        }
    }
}
