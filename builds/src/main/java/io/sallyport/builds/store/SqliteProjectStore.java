package io.sallyport.builds.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Keep;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.builds.source.ProjectFiles;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.StampedLock;

/** Projects in SQLite. */
public final class SqliteProjectStore implements ProjectStore {
    private static final String SELECT = """
            SELECT id, name, settings, created, paused_by, since, message FROM projects
            LEFT JOIN pauses ON project_id = id WHERE removed IS NULL""";

    private final Database database;
    private final EventLog events;
    private final Clock clock;
    private final StampedLock filesInUse = new StampedLock();
    private final ObjectMapper json = new ObjectMapper();

    /** Keeps its records in a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one. */
    public SqliteProjectStore(Database database, EventLog events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Optional<Project> project(String name) {
        return database.read(connection -> find(connection, name));
    }

    @Override
    public List<Project> projects() {
        return database.read(connection -> Sql.list(connection, SELECT + " ORDER BY name", this::read));
    }

    @Override
    public Put put(String name, ProjectSettings settings, String by) {
        return database.write(connection -> {
            String text = write(settings);
            int there = Sql.update(
                    connection,
                    "UPDATE projects SET settings = ? WHERE name = ? AND removed IS NULL AND settings <> ?",
                    text,
                    name,
                    text);
            Optional<Project> same = there == 0 ? find(connection, name) : Optional.empty();
            if (same.isPresent()) {
                return new Put(same.get(), false);
            }
            if (there == 0) {
                Sql.insert(
                        connection,
                        "INSERT INTO projects (name, settings, created) VALUES (?, ?, ?)",
                        name,
                        text,
                        clock.millis());
            }
            Project project = find(connection, name).orElseThrow();
            events.record(
                    connection,
                    NewEvent.of(
                                    there == 0 ? EventType.PROJECT_CREATED : EventType.PROJECT_CHANGED,
                                    new Subject.OfProject(project.id(), name))
                            .by(by));
            return new Put(project, there == 0);
        });
    }

    @Override
    public boolean remove(String name, String by) {
        return database.write(connection -> {
            Optional<Project> project = find(connection, name);
            if (project.isPresent()) {
                long id = project.get().id();
                Sql.update(connection, "UPDATE projects SET removed = ? WHERE id = ?", clock.millis(), id);
                Sql.update(connection, "DELETE FROM secrets WHERE project_id = ?", id);
                Sql.update(connection, "DELETE FROM pauses WHERE project_id = ?", id);
                Sql.update(connection, "DELETE FROM schedules WHERE project_id = ?", id);
                Sql.update(connection, "DELETE FROM project_files WHERE project_id = ?", id);
                Sql.update(connection, "DELETE FROM reports WHERE project_id = ?", id);
                events.record(
                        connection,
                        NewEvent.of(EventType.PROJECT_REMOVED, new Subject.Gone(name))
                                .by(by));
            }
            return project.isPresent();
        });
    }

    @Override
    public ProjectFiles files(Project project) {
        return new SqliteProjectFiles(database, project.id(), clock, filesInUse);
    }

    private Optional<Project> find(Connection connection, String name) throws SQLException {
        return Sql.first(connection, SELECT + " AND name = ?", this::read, name);
    }

    private Project read(ResultSet row) throws SQLException {
        return new Project(
                row.getLong("id"),
                row.getString("name"),
                settings(row.getString("settings")),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getString("paused_by") == null ? Optional.empty() : Optional.of(PauseStore.read(row)));
    }

    private ProjectSettings settings(String text) {
        try {
            JsonNode node = json.readTree(text);
            return new ProjectSettings(
                    node.path("description").asText(),
                    number(node.path("sourceBytes")),
                    number(node.path("artifactBytes")),
                    number(node.path("timeoutSeconds")),
                    node.path("defaultBranch").asText(ProjectSettings.USUAL_BRANCH),
                    words(node.path("protectedRefs")),
                    node.path("weight").asInt(1),
                    number(node.path("jobsAtOnce")),
                    number(node.path("queue")),
                    keep(node.path("keep")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings of a project are not JSON", e);
        }
    }

    private String write(ProjectSettings settings) {
        ObjectNode node = json.createObjectNode();
        node.put("description", settings.description());
        settings.sourceBytes().ifPresent(bytes -> node.put("sourceBytes", bytes));
        settings.artifactBytes().ifPresent(bytes -> node.put("artifactBytes", bytes));
        settings.timeoutSeconds().ifPresent(seconds -> node.put("timeoutSeconds", seconds));
        node.put("defaultBranch", settings.defaultBranch());
        settings.protectedRefs().forEach(node.putArray("protectedRefs")::add);
        node.put("weight", settings.weight());
        settings.jobsAtOnce().ifPresent(count -> node.put("jobsAtOnce", count));
        settings.queue().ifPresent(count -> node.put("queue", count));
        if (!settings.keep().equals(Keep.USUAL)) {
            write(node.putObject("keep"), settings.keep());
        }
        return node.toString();
    }

    private static void write(ObjectNode node, Keep keep) {
        keep.artifactDays().ifPresent(days -> node.put("artifactDays", days));
        keep.sourceDays().ifPresent(days -> node.put("sourceDays", days));
        keep.logDays().ifPresent(days -> node.put("logDays", days));
        keep.buildDays().ifPresent(days -> node.put("buildDays", days));
        keep.keepSuccesses().ifPresent(count -> node.put("keepSuccesses", count));
        keep.keepTags().ifPresent(kept -> node.put("keepTags", kept));
        keep.bytes().ifPresent(bytes -> node.put("bytes", bytes));
    }

    private static Keep keep(JsonNode node) {
        JsonNode tags = node.path("keepTags");
        return new Keep(
                small(node.path("artifactDays")),
                small(node.path("sourceDays")),
                small(node.path("logDays")),
                small(node.path("buildDays")),
                small(node.path("keepSuccesses")),
                tags.isBoolean() ? Optional.of(tags.booleanValue()) : Optional.empty(),
                number(node.path("bytes")));
    }

    private static OptionalInt small(JsonNode node) {
        return node.isNumber() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
    }

    private static List<String> words(JsonNode node) {
        List<String> words = new ArrayList<>();
        node.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static OptionalLong number(JsonNode node) {
        return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }
}
