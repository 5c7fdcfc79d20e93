package io.sallyport.builds.visit;

import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who has had a shell in which job, in SQLite. What a changing method has returned is on disk, with the event that tells of
 * it. May be called from any thread.
 */
public final class VisitStore {
    private final Database database;
    private final EventLog events;
    private final InstantSource clock;

    /** Keeps its records in a database opened with the schema of builds, and tells the events of the same one. */
    public VisitStore(Database database, EventLog events, InstantSource clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    private record Row(String job, String identity) {}

    /** Records that somebody opens a shell; the answer is its number. */
    long opened(Room.Key room, String by) {
        return database.write(connection -> {
            Instant now = clock.instant();
            Sql.update(
                    connection,
                    "INSERT INTO visits (build_id, job, identity, opened) VALUES (?, ?, ?, ?)",
                    room.build(),
                    room.job(),
                    by,
                    now.toEpochMilli());
            long id = Sql.first(connection, "SELECT last_insert_rowid()", row -> row.getLong(1))
                    .orElseThrow();
            events.record(
                    connection,
                    NewEvent.of(EventType.SHELL_OPENED, new Subject.OfJob(room.build(), room.job()))
                            .at(now)
                            .by(by));
            return id;
        });
    }

    /** Records that it is closed. */
    void closed(long id, Room.Key room, String by, Duration open) {
        database.write(connection -> {
            Instant now = clock.instant();
            Sql.update(connection, "UPDATE visits SET closed = ? WHERE id = ?", now.toEpochMilli(), id);
            events.record(
                    connection,
                    NewEvent.of(EventType.SHELL_CLOSED, new Subject.OfJob(room.build(), room.job()))
                            .at(now)
                            .by(by)
                            .fact("seconds", open.toSeconds()));
            return id;
        });
    }

    /** Who has had a shell in a build, by the names of its jobs. */
    public Map<String, SortedSet<String>> of(long build) {
        List<Row> rows = database.read(connection -> Sql.list(
                connection,
                "SELECT DISTINCT job, identity FROM visits WHERE build_id = ?",
                row -> new Row(row.getString(1), row.getString(2)),
                build));
        Map<String, SortedSet<String>> visitors = new TreeMap<>();
        rows.forEach(row ->
                visitors.computeIfAbsent(row.job(), job -> new TreeSet<>()).add(row.identity()));
        return visitors;
    }
}
