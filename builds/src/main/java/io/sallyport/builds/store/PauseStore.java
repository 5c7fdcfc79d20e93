package io.sallyport.builds.store;

import io.sallyport.builds.Pause;
import io.sallyport.builds.Project;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What stands still, in SQLite: a project of which no jobs are started, the whole gateway when it takes no new builds. It
 * stays so over restarts. What a changing method has returned is on disk, with the event that tells of it. May be called
 * from any thread.
 */
public final class PauseStore {
    /** Stands for the gateway where projects have their numbers, which begin at 1. */
    private static final long GATEWAY = 0;

    private final Database database;
    private final EventLog events;
    private final InstantSource clock;

    /** Keeps its records in a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one. */
    public PauseStore(Database database, EventLog events, InstantSource clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /** Why no new builds are taken; empty when they are. */
    public Optional<Pause> drain() {
        return database.read(connection -> find(connection, GATEWAY));
    }

    /** No new builds are to be taken. Of several who say so, the last counts. */
    public Pause drain(String by, Optional<String> message) {
        return put(GATEWAY, by, message, new Subject.House(), EventType.GATEWAY_DRAINING);
    }

    /** New builds are to be taken again. */
    public void resume(String by) {
        remove(GATEWAY, by, new Subject.House(), EventType.GATEWAY_RESUMED);
    }

    /** No jobs of the project are to be started. Of several who say so, the last counts. */
    public Pause pause(Project project, String by, Optional<String> message) {
        return put(project.id(), by, message, subject(project), EventType.PROJECT_PAUSED);
    }

    /** Its jobs are to be started again. */
    public void resume(Project project, String by) {
        remove(project.id(), by, subject(project), EventType.PROJECT_RESUMED);
    }

    private static Subject subject(Project project) {
        return new Subject.OfProject(project.id(), project.name());
    }

    private Pause put(long what, String by, Optional<String> message, Subject subject, EventType type) {
        return database.write(connection -> {
            Sql.update(
                    connection,
                    "INSERT OR REPLACE INTO pauses (project_id, paused_by, since, message) VALUES (?, ?, ?, ?)",
                    what,
                    by,
                    clock.millis(),
                    message.orElse(null));
            events.record(connection, NewEvent.of(type, subject).by(by).fact("message", message));
            return find(connection, what).orElseThrow();
        });
    }

    private void remove(long what, String by, Subject subject, EventType type) {
        database.write(connection -> {
            boolean there = Sql.update(connection, "DELETE FROM pauses WHERE project_id = ?", what) > 0;
            if (there) {
                events.record(connection, NewEvent.of(type, subject).by(by));
            }
            return there;
        });
    }

    private static Optional<Pause> find(Connection connection, long what) throws SQLException {
        return Sql.first(connection, "SELECT * FROM pauses WHERE project_id = ?", PauseStore::read, what);
    }

    /** Of a row with its columns. */
    static Pause read(ResultSet row) throws SQLException {
        return new Pause(
                row.getString("paused_by"),
                Instant.ofEpochMilli(row.getLong("since")),
                Optional.ofNullable(row.getString("message")));
    }
}
