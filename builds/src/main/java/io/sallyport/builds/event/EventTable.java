package io.sallyport.builds.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The SQL of events. What many of them have in common stands once, in a group, which also counts them: those recorded,
 * those removed since, and where the last one removed stood.
 */
final class EventTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SELECT = """
            SELECT e.id, e.time, e.build_id, e.job, e.actor, e.facts, g.type, g.project, g.owner
            FROM events e JOIN event_groups g ON g.id = e.group_id
            """;

    /** What is true of groups that anybody may see: their project, if they are of one, is there. */
    private static final String CURRENT =
            "(g.project_id = 0 OR (SELECT removed FROM projects p WHERE p.id = g.project_id) IS NULL)";

    private EventTable() {}

    /** A group and what it stands for. */
    record Group(long id, Topic topic) {}

    /** Where in the groups an event belongs. */
    private record Home(long project, String name, String owner) {}

    /**
     * A place in a reader's view.
     *
     * @param position among all events
     * @param number of the view's events up to there, those included that have been removed
     */
    record Place(long position, long number) {}

    static void insert(Connection connection, NewEvent event, Instant now) throws SQLException {
        Instant time = event.time().orElse(now);
        Home home = home(connection, event.subject(), time);
        long group = Sql.first(
                        connection,
                        """
                        INSERT INTO event_groups (project_id, project, owner, type, kind, recorded)
                        VALUES (?, ?, ?, ?, ?, 1)
                        ON CONFLICT (project_id, project, owner, type) DO UPDATE SET recorded = recorded + 1
                        RETURNING id""",
                        row -> row.getLong(1),
                        home.project(),
                        home.name(),
                        home.owner(),
                        event.type().label(),
                        event.type().kind())
                .orElseThrow();
        Sql.update(
                connection,
                "INSERT INTO events (group_id, time, build_id, job, actor, facts) VALUES (?, ?, ?, ?, ?, ?)",
                group,
                time.toEpochMilli(),
                build(event.subject()).orElse(null),
                event.subject() instanceof Subject.OfJob job ? job.job() : null,
                event.by().orElse(null),
                event.facts().toString());
    }

    private static Optional<Long> build(Subject subject) {
        return switch (subject) {
            case Subject.House house -> Optional.empty();
            case Subject.Gone gone -> Optional.empty();
            case Subject.OfProject project -> Optional.empty();
            case Subject.Named named -> Optional.empty();
            case Subject.OfBuild build -> Optional.of(build.build());
            case Subject.OfJob job -> Optional.of(job.build());
        };
    }

    private static Home home(Connection connection, Subject subject, Instant time) throws SQLException {
        return switch (subject) {
            case Subject.House house -> new Home(0, "", "");
            case Subject.Gone gone -> new Home(0, gone.project(), "");
            case Subject.OfProject project -> new Home(project.id(), project.name(), "");
            case Subject.Named named -> named(connection, named.project(), time);
            case Subject.OfBuild build -> ofBuild(connection, build.build());
            case Subject.OfJob job -> ofBuild(connection, job.build());
        };
    }

    /** A name made anew is another project: the one is meant that was there before the event. */
    private static Home named(Connection connection, String name, Instant time) throws SQLException {
        return new Home(
                Sql.first(
                                connection,
                                "SELECT id FROM projects WHERE name = ? ORDER BY created < ? DESC, id DESC LIMIT 1",
                                row -> row.getLong(1),
                                name,
                                time.toEpochMilli())
                        .orElse(0L),
                name,
                "");
    }

    private static Home ofBuild(Connection connection, long build) throws SQLException {
        return Sql.first(connection, """
                        SELECT b.project_id, p.name, b.submitted_by
                        FROM builds b JOIN projects p ON p.id = b.project_id WHERE b.id = ?""", row -> new Home(row.getLong(1), row.getString(2), row.getString(3)), build)
                .orElseThrow(() -> new IllegalStateException("no build " + build));
    }

    /** The position of the newest event that was ever recorded; 0 when there is none. */
    static long last(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'events'", row -> row.getLong(1))
                .orElse(0L);
    }

    /** All groups whose events can be seen by anybody. */
    static List<Group> groups(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT g.id, g.type, g.project, g.owner FROM event_groups g WHERE " + CURRENT,
                row -> new Group(row.getLong("id"), topic(row)));
    }

    /** The position of the newest event of the groups that has been removed. */
    static long lastRemoved(Connection connection, String groups) throws SQLException {
        return Sql.first(connection, """
                        SELECT coalesce(max(last_removed), 0) FROM event_groups
                        WHERE id IN (SELECT value FROM json_each(?))""", row -> row.getLong(1), groups).orElse(0L);
    }

    /** The place from which on nothing of the groups has been removed, or a later one. */
    static Place place(Connection connection, String groups, long atLeast) throws SQLException {
        return Sql.first(connection, """
                        WITH view AS MATERIALIZED (
                          SELECT id, removed, last_removed FROM event_groups
                          WHERE id IN (SELECT value FROM json_each(?))),
                        start AS (SELECT max(coalesce(max(last_removed), 0), ?) AS at FROM view)
                        SELECT at, (SELECT coalesce(sum(removed), 0) FROM view)
                          + (SELECT count(*) FROM events WHERE group_id IN (SELECT id FROM view) AND id <= at)
                        FROM start""", row -> new Place(row.getLong(1), row.getLong(2)), groups, atLeast)
                .orElseThrow();
    }

    /** The position of the event that is so many after one; empty when there are not so many. */
    static OptionalLong further(Connection connection, String groups, long position, long events) throws SQLException {
        return Sql.first(connection, """
                        SELECT id FROM events WHERE id > ? AND +group_id IN (SELECT value FROM json_each(?))
                        ORDER BY id LIMIT 1 OFFSET ?""", row -> OptionalLong.of(row.getLong(1)), position, groups, events - 1)
                .orElse(OptionalLong.empty());
    }

    /** The position of the event that has so many after it; 0 when there are not so many. */
    static long before(Connection connection, String groups, long events) throws SQLException {
        return Sql.first(connection, """
                        SELECT id FROM events WHERE +group_id IN (SELECT value FROM json_each(?))
                        ORDER BY id DESC LIMIT 1 OFFSET ?""", row -> row.getLong(1), groups, events).orElse(0L);
    }

    /**
     * Events of the groups after a position and up to another, the oldest first. Read in the order of positions, from
     * which the plus sign keeps SQLite from straying: by groups it would have to sort all that are left, for each page.
     */
    static List<Event> page(Connection connection, String groups, long after, long upTo, int limit)
            throws SQLException {
        return Sql.list(connection, SELECT + """
                WHERE e.id > ? AND e.id <= ? AND +e.group_id IN (SELECT value FROM json_each(?))
                ORDER BY e.id LIMIT ?""", EventTable::event, after, upTo, groups, limit);
    }

    /** The newest events after a position that anybody may see, the newest first. */
    static List<Event> newest(Connection connection, long after, int limit) throws SQLException {
        return Sql.list(
                connection,
                SELECT + "WHERE e.id > ? AND " + CURRENT + " ORDER BY e.id DESC LIMIT ?",
                EventTable::event,
                after,
                limit);
    }

    /** The position of the newest event that has been removed. */
    static long lastRemoved(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT coalesce(max(last_removed), 0) FROM event_groups", row -> row.getLong(1))
                .orElse(0L);
    }

    private static Event event(ResultSet row) throws SQLException {
        long build = row.getLong("build_id");
        return new Event(
                row.getLong("id"),
                topic(row),
                Instant.ofEpochMilli(row.getLong("time")),
                build == 0 ? OptionalLong.empty() : OptionalLong.of(build),
                Optional.ofNullable(row.getString("job")),
                Optional.ofNullable(row.getString("actor")),
                facts(row.getString("facts")));
    }

    private static Topic topic(ResultSet row) throws SQLException {
        String label = row.getString("type");
        return new Topic(
                EventType.parse(label).orElseThrow(() -> new IllegalStateException("unknown event " + label)),
                row.getString("project"),
                row.getString("owner"));
    }

    private static JsonNode facts(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts of an event are not JSON", e);
        }
    }
}
