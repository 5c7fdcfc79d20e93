package io.sallyport.builds.store;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.source.Source;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds, jobs and artifacts in SQLite. */
public final class SqliteBuildStore implements BuildStore {
    private final Database database;
    private final EventLog events;

    /** Keeps its records in a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one. */
    public SqliteBuildStore(Database database, EventLog events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public Inserted insert(NewBuild build) {
        return database.write(connection -> {
            Optional<Build> known = byKey(connection, build);
            if (known.isPresent()) {
                return new Inserted(known.get(), false);
            }
            long id = insertRow(connection, build);
            for (int place = 0; place < build.jobs().size(); place++) {
                insertJob(connection, id, place, build.jobs().get(place));
            }
            events.record(connection, BuildEvents.queued(id, build));
            return new Inserted(existing(connection, id), true);
        });
    }

    @Override
    public Optional<Build> build(long id) {
        return database.read(
                connection -> find(connection, BuildRow.SELECT + " WHERE builds.id = ? AND " + BuildRow.VISIBLE, id));
    }

    @Override
    public long projectOf(long id) {
        return database.read(connection -> Sql.first(
                        connection, "SELECT project_id FROM builds WHERE id = ?", row -> row.getLong(1), id)
                .orElseThrow(() -> new IllegalStateException("no build " + id)));
    }

    @Override
    public List<Build> list(BuildQuery query) {
        if (query.projects().isEmpty() && query.own().isEmpty()) {
            return List.of();
        }
        BuildSelection selection = BuildSelection.of(query);
        return database.read(connection -> Sql.list(
                connection,
                selection.text(),
                row -> BuildRow.read(connection, row),
                selection.arguments().toArray()));
    }

    @Override
    public Optional<Instant> submitted(Project project, String by, int latest) {
        return database.read(connection ->
                Sql.first(connection, """
                SELECT created FROM builds WHERE submitted_by = ? AND project_id = ?
                ORDER BY id DESC LIMIT 1 OFFSET ?""", row -> Instant.ofEpochMilli(row.getLong(1)), by, project.id(), latest - 1));
    }

    @Override
    public int unfinished(Project project, String by) {
        return database.read(connection -> Sql.first(
                        connection,
                        "SELECT count(*) FROM builds WHERE finished IS NULL AND submitted_by = ? AND project_id = ?",
                        row -> row.getInt(1),
                        by,
                        project.id())
                .orElse(0));
    }

    @Override
    public List<Build> unfinished() {
        return database.read(connection -> Sql.list(
                connection,
                BuildRow.SELECT + " WHERE builds.finished IS NULL ORDER BY builds.id",
                row -> BuildRow.read(connection, row)));
    }

    @Override
    public Optional<SpecText> spec(long id) {
        return database.read(connection -> Sql.first(
                connection,
                "SELECT spec_file, spec_text FROM builds WHERE id = ?",
                row -> new SpecText(row.getString(1), row.getString(2)),
                id));
    }

    @Override
    public Build move(long id, BuildState to, Optional<String> reason, Instant when) {
        return database.write(connection -> moved(connection, id, to, reason, when));
    }

    @Override
    public Build end(long id, BuildState to, Optional<String> reason, Instant when, Optional<Evidence> evidence) {
        if (!to.ended()) {
            throw new IllegalStateException("build " + id + " does not end by being " + to.label());
        }
        return database.write(connection -> {
            if (evidence.isPresent()) {
                Sql.update(
                        connection,
                        "INSERT INTO evidence (build_id, key_id, manifest, signature, provenance) VALUES (?, ?, ?, ?, ?)",
                        id,
                        evidence.get().keyId(),
                        evidence.get().manifest(),
                        evidence.get().signature(),
                        evidence.get().provenance());
            }
            return moved(connection, id, to, reason, when);
        });
    }

    @Override
    public Optional<Evidence> evidence(long id) {
        return database.read(connection -> Sql.first(
                connection,
                "SELECT key_id, manifest, signature, provenance FROM evidence WHERE build_id = ?",
                row -> new Evidence(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                id));
    }

    @Override
    public Build requeue(long id, boolean countRestart) {
        return database.write(connection -> {
            require(existing(connection, id), BuildState.QUEUED);
            Sql.update(
                    connection,
                    "UPDATE builds SET state = 'queued', started = NULL, restarts = restarts + ? WHERE id = ?",
                    countRestart ? 1 : 0,
                    id);
            Sql.update(
                    connection,
                    "UPDATE jobs SET state = 'queued', started = NULL WHERE build_id = ? AND finished IS NULL",
                    id);
            Build requeued = existing(connection, id);
            events.record(connection, BuildEvents.requeued(requeued));
            return requeued;
        });
    }

    @Override
    public void markCanceled(long id, String by, Optional<String> reason) {
        database.write(connection -> {
            int first = Sql.update(connection, """
                    UPDATE builds SET canceled_by = ?, reason = ?
                    WHERE id = ? AND canceled_by IS NULL AND finished IS NULL""", by, reason.orElse(null), id);
            if (first > 0) {
                events.record(connection, BuildEvents.canceling(existing(connection, id), by, reason));
            }
            return first;
        });
    }

    @Override
    public void putJob(long id, Job job) {
        database.write(connection -> {
            Optional<Job> before = existing(connection, id).jobs().stream()
                    .filter(other -> other.name().equals(job.name()))
                    .findFirst();
            if (before.isEmpty()) {
                throw new IllegalStateException("build " + id + " has no job " + job.name());
            }
            Optional<NewEvent> event = BuildEvents.moved(id, before.get(), job);
            if (event.isPresent()) {
                events.record(connection, event.get());
            }
            return updateJob(connection, id, job);
        });
    }

    @Override
    public void putArtifacts(long id, String job, List<Artifact> artifacts) {
        database.write(connection -> {
            Sql.update(connection, "DELETE FROM artifacts WHERE build_id = ? AND job = ?", id, job);
            for (Artifact artifact : artifacts) {
                Sql.update(
                        connection,
                        """
                        INSERT OR REPLACE INTO artifacts (build_id, path, job, digest, bytes, executable)
                        VALUES (?, ?, ?, ?, ?, ?)""",
                        id,
                        artifact.path(),
                        job,
                        artifact.blob().digest().toString(),
                        artifact.blob().bytes(),
                        artifact.executable() ? 1 : 0);
            }
            return artifacts.size();
        });
    }

    @Override
    public List<Artifact> artifacts(long id) {
        return database.read(connection -> Sql.list(
                connection,
                "SELECT * FROM artifacts WHERE build_id = ? ORDER BY path",
                SqliteBuildStore::artifact,
                id));
    }

    @Override
    public Optional<Artifact> artifact(long id, String path) {
        return database.read(connection -> Sql.first(
                connection,
                "SELECT * FROM artifacts WHERE build_id = ? AND path = ?",
                SqliteBuildStore::artifact,
                id,
                path));
    }

    private static Optional<Build> byKey(Connection connection, NewBuild build) throws SQLException {
        if (build.request().idempotencyKey().isEmpty()) {
            return Optional.empty();
        }
        return Sql.first(
                connection,
                BuildRow.SELECT + " WHERE builds.project_id = ? AND builds.idempotency_key = ?",
                row -> BuildRow.read(connection, row),
                build.project().id(),
                build.request().idempotencyKey().get());
    }

    private static long insertRow(Connection connection, NewBuild build) throws SQLException {
        BuildRequest request = build.request();
        Source source = build.source();
        return Sql.insert(
                connection,
                """
                INSERT INTO builds (project_id, state, ref, commit_id, labels, variables, spec_request, priority,
                  idempotency_key, retry_of, submitted_by, trusted, source_kind, source_digest, source_bytes,
                  source_entries, source_unpacked, source_tar, spec_file, spec_text, created)
                VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                build.project().id(),
                request.ref().orElse(null),
                request.commit().orElse(null),
                BuildRow.words(request.labels()),
                BuildRow.words(request.variables()),
                request.specFile().orElse(null),
                request.priority(),
                request.idempotencyKey().orElse(null),
                request.retryOf().orElse(null),
                build.submittedBy(),
                build.trusted() ? 1 : 0,
                source.kind().name(),
                source.blob().digest().toString(),
                source.blob().bytes(),
                source.entries(),
                source.unpackedBytes(),
                source.tarBytes(),
                build.spec().file(),
                build.spec().text(),
                build.created().toEpochMilli());
    }

    private static void insertJob(Connection connection, long build, int place, Job job) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO jobs (build_id, place, name, stage, state, attempt, image) VALUES (?, ?, ?, ?, ?, ?, ?)",
                build,
                place,
                job.name(),
                job.stage(),
                job.state().label(),
                job.attempt(),
                job.image().orElse(null));
    }

    private static int updateJob(Connection connection, long build, Job job) throws SQLException {
        return Sql.update(
                connection,
                """
                UPDATE jobs SET state = ?, exit_code = ?, attempt = ?, executor = ?, image = ?, started = ?,
                  finished = ?, reason = ? WHERE build_id = ? AND name = ?""",
                job.state().label(),
                exitCode(job),
                job.attempt(),
                job.executor().orElse(null),
                job.image().orElse(null),
                BuildRow.millis(job.started()),
                BuildRow.millis(job.finished()),
                job.reason().orElse(null),
                build,
                job.name());
    }

    private Build moved(Connection connection, long id, BuildState to, Optional<String> reason, Instant when)
            throws SQLException {
        Build before = existing(connection, id);
        require(before, to);
        long now = when.toEpochMilli();
        Sql.update(
                connection,
                "UPDATE builds SET state = ?, reason = ?, started = ?, finished = ? WHERE id = ?",
                to.label(),
                reason.orElse(null),
                to == BuildState.RUNNING ? Long.valueOf(now) : BuildRow.millis(before.started()),
                to.ended() ? now : null,
                id);
        Build after = existing(connection, id);
        events.record(connection, BuildEvents.moved(after, when));
        return after;
    }

    private static Optional<Build> find(Connection connection, String query, long id) throws SQLException {
        return Sql.first(connection, query, row -> BuildRow.read(connection, row), id);
    }

    private static Build existing(Connection connection, long id) throws SQLException {
        // Also of a project that has been removed meanwhile: what runs must be able to end.
        return find(connection, BuildRow.SELECT + " WHERE builds.id = ?", id)
                .orElseThrow(() -> new IllegalStateException("no build " + id));
    }

    private static void require(Build build, BuildState to) {
        if (!build.state().canBecome(to)) {
            throw new IllegalStateException(
                    "build " + build.id() + " cannot go from " + build.state().label() + " to " + to.label());
        }
    }

    private static @Nullable Integer exitCode(Job job) {
        return job.exitCode().isPresent() ? Integer.valueOf(job.exitCode().getAsInt()) : null;
    }

    private static Artifact artifact(ResultSet row) throws SQLException {
        Digest digest = Digest.parse(row.getString("digest")).orElseThrow();
        return new Artifact(
                row.getString("path"),
                new Blob(digest, row.getLong("bytes")),
                row.getString("job"),
                row.getInt("executable") != 0);
    }
}
