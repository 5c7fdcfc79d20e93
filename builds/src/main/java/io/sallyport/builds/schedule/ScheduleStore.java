package io.sallyport.builds.schedule;

import io.sallyport.builds.Project;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.builds.store.RefForms;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of schedules in SQLite. What a changing method has returned is on disk. Schedules of a removed project are
 * not found. May be used from any thread.
 */
public final class ScheduleStore {
    private final Database database;
    private final EventLog events;

    /** Keeps its records in a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one. */
    public ScheduleStore(Database database, EventLog events) {
        this.database = database;
        this.events = events;
    }

    /** What became of a schedule that was to be written. */
    public sealed interface Put {
        /** It is on disk; {@code fresh} when it was made, not changed. */
        record Stored(Schedule schedule, boolean fresh) implements Put {}

        /** The project has as many as it may. */
        record Full(int limit) implements Put {}
    }

    /** All of a project, in the order of their names. */
    List<Schedule> list(Project project) {
        return database.read(connection -> Sql.list(
                connection,
                ScheduleRow.SELECT + " AND schedules.project_id = ? ORDER BY schedules.name",
                ScheduleRow::read,
                project.id()));
    }

    /**
     * Makes a schedule, or replaces the settings of the one of that name, which then begins anew: it is not paused, and
     * due next after now.
     *
     * @param most schedules of the project
     */
    Put put(Project project, String name, ScheduleSettings settings, String owner, Instant now, int most) {
        return database.write(connection -> {
            Optional<Schedule> before = find(connection, project.id(), name);
            if (before.isEmpty() && count(connection, project.id()) >= most) {
                return new Put.Full(most);
            }
            if (before.isEmpty()) {
                insert(connection, project.id(), name, settings, owner, now);
            } else {
                update(connection, before.get().id(), settings, owner, now);
            }
            EventType type = before.isEmpty() ? EventType.SCHEDULE_CREATED : EventType.SCHEDULE_CHANGED;
            events.record(connection, event(type, project.name(), name).by(owner));
            return new Put.Stored(find(connection, project.id(), name).orElseThrow(), before.isEmpty());
        });
    }

    /** Removes the schedule of that name, on somebody's word. False when there was none. */
    boolean remove(Project project, String name, String by) {
        return database.write(connection -> {
            boolean was = Sql.update(
                            connection, "DELETE FROM schedules WHERE project_id = ? AND name = ?", project.id(), name)
                    > 0;
            if (was) {
                events.record(
                        connection,
                        event(EventType.SCHEDULE_REMOVED, project.name(), name).by(by));
            }
            return was;
        });
    }

    /** Those that are due, the longest waiting first. */
    List<Schedule> due(Instant now, int limit) {
        return database.read(connection -> Sql.list(
                connection,
                ScheduleRow.SELECT + " AND schedules.due <= ? ORDER BY schedules.due, schedules.id LIMIT ?",
                ScheduleRow::read,
                now.toEpochMilli(),
                limit));
    }

    /** A schedule that was due as it is now; empty when it is not due at that time any more, or gone with its project. */
    Optional<Schedule> stillDue(Schedule schedule) {
        return database.read(connection -> Sql.first(
                connection,
                ScheduleRow.SELECT + " AND schedules.id = ? AND schedules.due = ?",
                ScheduleRow::read,
                schedule.id(),
                due(schedule)));
    }

    /** Makes those due sooner that are due later than they would be if they were written now: the clock was set back. */
    void recall(Instant now) {
        database.write(connection -> {
            int recalled = 0;
            for (Schedule schedule :
                    Sql.list(connection, ScheduleRow.SELECT + " AND schedules.due IS NOT NULL", ScheduleRow::read)) {
                long next = schedule.settings().cron().next(now).toEpochMilli();
                if (next < due(schedule)) {
                    recalled +=
                            Sql.update(connection, "UPDATE schedules SET due = ? WHERE id = ?", next, schedule.id());
                }
            }
            return recalled;
        });
    }

    /** When the next is due that is due after a time. */
    Optional<Instant> nextDue(Instant after) {
        return database.read(connection ->
                Sql.first(connection, """
                SELECT due FROM schedules JOIN projects ON projects.id = project_id
                WHERE removed IS NULL AND due > ? ORDER BY due LIMIT 1""", row -> Instant.ofEpochMilli(row.getLong(1)), after.toEpochMilli()));
    }

    /** The build whose source a schedule takes now; empty when there is none of its ref. */
    Optional<Long> base(Schedule schedule) {
        List<Object> arguments = new ArrayList<>(List.of(schedule.id()));
        String ref = schedule.settings()
                .ref()
                .map(RefForms::of)
                .map(forms -> {
                    arguments.addAll(forms);
                    return "ref IN (" + String.join(",", Collections.nCopies(forms.size(), "?")) + ")";
                })
                .orElse("ref IS NULL");
        String which = switch (schedule.settings().from()) {
            case LATEST -> "retry_of IS NULL ORDER BY id DESC";
            // Who repeats a trusted build without being trusted takes nothing from the schedule: the source is the
            // same.
            case LATEST_SUCCESS -> "state = 'succeeded' ORDER BY coalesce(retry_of, id) DESC, trusted DESC, id DESC";
        };
        return database.read(connection -> Sql.first(
                connection,
                // Not by the project's name: one that was made anew is another.
                "SELECT id FROM builds WHERE project_id = (SELECT projects.id FROM schedules JOIN projects"
                        + " ON projects.id = schedules.project_id WHERE schedules.id = ? AND projects.removed IS NULL) AND "
                        + ref
                        + " AND (idempotency_key IS NULL OR idempotency_key NOT LIKE '" + Schedule.KEY + "%')"
                        + " AND " + which + " LIMIT 1",
                row -> row.getLong(1),
                arguments.toArray()));
    }

    /** The builds whose sources enabled schedules take now. */
    public List<Long> bases() {
        List<Schedule> all = database.read(connection ->
                Sql.list(connection, ScheduleRow.SELECT + " AND schedules.due IS NOT NULL", ScheduleRow::read));
        return all.stream().flatMap(schedule -> base(schedule).stream()).toList();
    }

    /** Records that a build was made for a time, and when the next one is due. */
    void made(Schedule schedule, long build, Instant time, Instant next) {
        database.write(connection -> Sql.update(
                connection, """
                UPDATE schedules SET last_build = ?, last_due = ?, problem = NULL, problem_words = NULL, due = ?
                WHERE id = ? AND due = ?""", build, time.toEpochMilli(), next.toEpochMilli(), schedule.id(), due(schedule)));
    }

    /** Records why no build was made, and when the next one is due. */
    void skipped(Schedule schedule, Schedule.Note why, Instant next) {
        database.write(connection -> {
            int there = note(connection, schedule, why, next);
            if (there > 0) {
                events.record(connection, told(EventType.SCHEDULE_SKIPPED, schedule, why));
            }
            return there;
        });
    }

    /** Records why a build has to wait that stays due. */
    void waits(Schedule schedule, Schedule.Note why) {
        database.write(
                connection -> note(connection, schedule, why, schedule.due().orElseThrow()));
    }

    /** Records why no build will be made any more. */
    void paused(Schedule schedule, Schedule.Note why) {
        database.write(connection -> pause(connection, schedule, why));
    }

    /** The same for all that somebody owns. */
    void pauseAllOf(String owner, Schedule.Note why) {
        database.write(connection -> {
            int all = 0;
            for (Schedule schedule : Sql.list(
                    connection,
                    ScheduleRow.SELECT + " AND schedules.owner = ? AND schedules.due IS NOT NULL",
                    ScheduleRow::read,
                    owner)) {
                all += pause(connection, schedule, why);
            }
            return all;
        });
    }

    private int pause(Connection connection, Schedule schedule, Schedule.Note why) throws SQLException {
        int there = Sql.update(
                connection,
                "UPDATE schedules SET paused = ?, paused_words = ?, due = NULL WHERE id = ? AND due = ?",
                why.at().toEpochMilli(),
                why.words(),
                schedule.id(),
                due(schedule));
        if (there > 0) {
            events.record(connection, told(EventType.SCHEDULE_PAUSED, schedule, why));
        }
        return there;
    }

    private static int note(Connection connection, Schedule schedule, Schedule.Note why, Instant due)
            throws SQLException {
        return Sql.update(
                connection,
                "UPDATE schedules SET problem = ?, problem_words = ?, due = ? WHERE id = ? AND due = ?",
                why.at().toEpochMilli(),
                why.words(),
                due.toEpochMilli(),
                schedule.id(),
                due(schedule));
    }

    private static NewEvent told(EventType type, Schedule schedule, Schedule.Note why) {
        return event(type, schedule.project(), schedule.name()).at(why.at()).fact("reason", why.words());
    }

    private static NewEvent event(EventType type, String project, String name) {
        return NewEvent.of(type, new Subject.Named(project)).fact("schedule", name);
    }

    private static Optional<Schedule> find(Connection connection, long project, String name) throws SQLException {
        return Sql.first(
                connection,
                ScheduleRow.SELECT + " AND schedules.project_id = ? AND schedules.name = ?",
                ScheduleRow::read,
                project,
                name);
    }

    private static int count(Connection connection, long project) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) FROM schedules WHERE project_id = ?",
                        row -> row.getInt(1),
                        project)
                .orElse(0);
    }

    private static void insert(
            Connection connection, long project, String name, ScheduleSettings settings, String owner, Instant now)
            throws SQLException {
        Sql.insert(
                connection,
                """
                INSERT INTO schedules (project_id, name, cron, timezone, ref, variables, spec, source_of, enabled, owner,
                  written, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                project,
                name,
                settings.cron().text(),
                settings.cron().zone().getId(),
                settings.ref().orElse(null),
                ScheduleRow.words(settings.variables()),
                settings.spec().orElse(null),
                settings.from().label(),
                settings.enabled() ? 1 : 0,
                owner,
                now.toEpochMilli(),
                firstDue(settings, now));
    }

    private static void update(Connection connection, long id, ScheduleSettings settings, String owner, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                """
                UPDATE schedules SET cron = ?, timezone = ?, ref = ?, variables = ?, spec = ?, source_of = ?, enabled = ?,
                  owner = ?, written = ?, due = ?, paused = NULL, paused_words = NULL, problem = NULL,
                  problem_words = NULL WHERE id = ?""",
                settings.cron().text(),
                settings.cron().zone().getId(),
                settings.ref().orElse(null),
                ScheduleRow.words(settings.variables()),
                settings.spec().orElse(null),
                settings.from().label(),
                settings.enabled() ? 1 : 0,
                owner,
                now.toEpochMilli(),
                firstDue(settings, now),
                id);
    }

    private static @Nullable Long firstDue(ScheduleSettings settings, Instant now) {
        return settings.enabled() ? settings.cron().next(now).toEpochMilli() : null;
    }

    /** What tells a schedule that has been written anew meanwhile. */
    private static long due(Schedule schedule) {
        return schedule.due().orElseThrow().toEpochMilli();
    }
}
