package io.sallyport.builds.event;

import io.sallyport.database.Database;
import io.sallyport.database.DatabaseException;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes events that are too old or too many, always the oldest of a stream: the events of one kind of one project, or
 * of one kind of the house. So the noise of one pushes out nothing of another. Has a thread of its own.
 */
final class EventRetention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRetention.class);
    private static final int AT_ONCE = 1000;
    private static final int TENTHS = 10;

    private final Database database;
    private final Clock clock;
    private final EventSettings settings;
    private final int batch;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("event-retention").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // what is recorded while it is closed is looked at next time
    private int recorded; // of the thread that commits

    EventRetention(Database database, Clock clock, EventSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.batch = Math.clamp(settings.perProject() / TENTHS, 1, AT_ONCE);
    }

    /** Events that are removed in their order. */
    private record Stream(long project, String kind) {}

    /** Looks at once, then each hour. */
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.HOURS);
    }

    /** Notes that there are so many more; never waits. For the thread that commits. */
    void recorded(int events) {
        recorded += events;
        if (recorded >= batch) {
            recorded = 0;
            thread.execute(this::tooMany);
        }
    }

    /** Returns when what is under way is done: the database may be closed then. */
    @Override
    public void close() {
        thread.shutdownNow();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                var _ = thread.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what is to be removed now. */
    void look() {
        tooMany();
        trim(this::tooOld);
        forgetCounts();
    }

    private void tooMany() {
        trim(this::overfull);
    }

    private interface Search {
        List<Removal> run(Connection connection) throws SQLException;
    }

    /** What is to be removed of a stream: all up to a position. */
    private record Removal(Stream stream, long upTo) {}

    private void trim(Search search) {
        try {
            for (List<Removal> due = database.read(search::run);
                    !due.isEmpty() && !Thread.currentThread().isInterrupted();
                    due = database.read(search::run)) {
                for (Removal removal : due) {
                    database.write(connection -> remove(connection, removal));
                }
            }
        } catch (DatabaseException e) {
            LOG.warn("events could not be removed, and will be later", e);
        }
    }

    /** Of projects that are gone, and all of whose events are: nobody can ask for them any more. */
    private void forgetCounts() {
        try {
            database.write(connection -> Sql.update(connection, """
                    DELETE FROM event_groups WHERE recorded = removed AND project_id IN (
                      SELECT id FROM projects WHERE projects.removed IS NOT NULL)"""));
        } catch (DatabaseException e) {
            LOG.warn("counts of events could not be removed, and will be later", e);
        }
    }

    private List<Removal> overfull(Connection connection) throws SQLException {
        List<Removal> due = new ArrayList<>();
        record Full(Stream stream, long over) {}
        List<Full> full = Sql.list(
                connection,
                """
                SELECT project_id, kind, sum(recorded - removed) FROM event_groups g
                GROUP BY project_id, kind HAVING sum(recorded - removed) > ?""",
                row -> new Full(new Stream(row.getLong(1), row.getString(2)), row.getLong(3) - settings.perProject()),
                settings.perProject());
        for (Full stream : full) {
            OptionalLong last = oldest(connection, stream.stream(), Math.min(stream.over(), AT_ONCE));
            last.ifPresent(upTo -> due.add(new Removal(stream.stream(), upTo)));
        }
        return due;
    }

    private List<Removal> tooOld(Connection connection) throws SQLException {
        long limit = clock.instant().minus(settings.keep()).toEpochMilli();
        List<Removal> due = new ArrayList<>();
        for (Stream stream : Sql.list(
                connection,
                "SELECT DISTINCT project_id, kind FROM event_groups WHERE recorded > removed",
                row -> new Stream(row.getLong(1), row.getString(2)))) {
            OptionalLong last = aged(connection, stream, limit);
            last.ifPresent(upTo -> due.add(new Removal(stream, upTo)));
        }
        return due;
    }

    /** The position of the last of so many of the oldest. */
    private static OptionalLong oldest(Connection connection, Stream stream, long events) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT max(id) FROM (SELECT id FROM events WHERE " + OF_STREAM + " ORDER BY id LIMIT ?)",
                        row -> row.getLong(1) == 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(1)),
                        stream.project(),
                        stream.kind(),
                        events)
                .orElse(OptionalLong.empty());
    }

    /** The position of the last event before the first that is young enough, some at a time. */
    private static OptionalLong aged(Connection connection, Stream stream, long limit) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT max(id) FROM (SELECT id FROM events WHERE " + OF_STREAM
                                + " AND id < coalesce((SELECT min(id) FROM events WHERE " + OF_STREAM
                                + " AND time >= ?), 9223372036854775807) ORDER BY id LIMIT ?)",
                        row -> row.getLong(1) == 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(1)),
                        stream.project(),
                        stream.kind(),
                        stream.project(),
                        stream.kind(),
                        limit,
                        AT_ONCE)
                .orElse(OptionalLong.empty());
    }

    private static final String OF_STREAM =
            "group_id IN (SELECT id FROM event_groups WHERE project_id = ? AND kind = ?)";

    private static int remove(Connection connection, Removal removal) throws SQLException {
        List<Long> groups = Sql.list(
                connection,
                "SELECT id FROM event_groups WHERE project_id = ? AND kind = ? AND recorded > removed",
                row -> row.getLong(1),
                removal.stream().project(),
                removal.stream().kind());
        int all = 0;
        for (long group : groups) {
            all += remove(connection, group, removal.upTo());
        }
        return all;
    }

    private static int remove(Connection connection, long group, long upTo) throws SQLException {
        long last = Sql.first(
                        connection,
                        "SELECT coalesce(max(id), 0) FROM events WHERE group_id = ? AND id <= ?",
                        row -> row.getLong(1),
                        group,
                        upTo)
                .orElse(0L);
        int gone = Sql.update(connection, "DELETE FROM events WHERE group_id = ? AND id <= ?", group, last);
        Sql.update(
                connection,
                "UPDATE event_groups SET removed = removed + ?, last_removed = max(last_removed, ?) WHERE id = ?",
                gone,
                last,
                group);
        return gone;
    }
}
