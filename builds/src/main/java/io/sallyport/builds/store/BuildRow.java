package io.sallyport.builds.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.GitOrigin;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of the tables of builds and jobs, to records and back. */
final class BuildRow {
    /** The name by a query of its own: a join with all columns of a build takes SQLite five times as long. */
    static final String SELECT = """
            SELECT builds.*, (SELECT name FROM projects WHERE projects.id = builds.project_id) AS project_name,
              (SELECT count(*) FROM artifacts WHERE build_id = builds.id) AS artifact_count,
              (SELECT coalesce(sum(bytes), 0) FROM artifacts WHERE build_id = builds.id) AS artifact_bytes
            FROM builds
            """;

    /** What is true of builds that can be found: their project has not been removed. */
    static final String VISIBLE = "(SELECT removed FROM projects WHERE projects.id = builds.project_id) IS NULL";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> WORDS = new TypeReference<>() {};

    private BuildRow() {}

    /** The current row with the jobs that belong to it. */
    static Build read(Connection connection, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new Build(
                id,
                row.getString("project_name"),
                state(row.getString("state")),
                text(row, "reason"),
                request(row),
                row.getString("submitted_by"),
                row.getInt("trusted") != 0,
                source(row),
                text(row, "canceled_by"),
                number(row, "superseded_by"),
                Instant.ofEpochMilli(row.getLong("created")),
                time(row, "started"),
                time(row, "finished"),
                jobs(connection, id),
                row.getLong("artifact_count"),
                row.getLong("artifact_bytes"));
    }

    static String words(SortedMap<String, String> words) {
        try {
            return JSON.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private static BuildRequest request(ResultSet row) throws SQLException {
        return new BuildRequest(
                text(row, "ref"),
                text(row, "commit_id"),
                words(row.getString("labels")),
                words(row.getString("variables")),
                text(row, "spec_request"),
                row.getInt("priority"),
                text(row, "idempotency_key"),
                number(row, "retry_of"),
                text(row, "jobs_request"),
                text(row, "supersede"),
                number(row, "keep_failed").map(Duration::ofMillis));
    }

    private static Source source(ResultSet row) throws SQLException {
        Digest digest = Digest.parse(row.getString("source_digest")).orElseThrow();
        return new Source(
                SourceKind.valueOf(row.getString("source_kind")),
                new Blob(digest, row.getLong("source_bytes")),
                row.getLong("source_entries"),
                row.getLong("source_unpacked"),
                row.getLong("source_tar"),
                origin(row));
    }

    private static Optional<GitOrigin> origin(ResultSet row) throws SQLException {
        String url = row.getString("source_url");
        return url == null
                ? Optional.empty()
                : Optional.of(new GitOrigin(url, text(row, "source_ref"), row.getString("source_commit")));
    }

    private static List<Job> jobs(Connection connection, long build) throws SQLException {
        return Sql.list(connection, JobRow.SELECT + " WHERE build_id = ? ORDER BY place", JobRow::read, build);
    }

    static SortedMap<String, String> words(String json) {
        try {
            return JSON.readValue(json, WORDS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("labels or variables of a build are not JSON", e);
        }
    }

    private static BuildState state(String label) {
        return BuildState.parse(label).orElseThrow(() -> new IllegalStateException("unknown state " + label));
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return number(row, column).map(Instant::ofEpochMilli);
    }
}
