package io.sallyport.builds.store;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.source.GitOrigin;
import io.sallyport.builds.source.Source;
import io.sallyport.database.CommitCache;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds, jobs and artifacts in SQLite. */
public final class SqliteBuildStore implements BuildStore {
    /** Builds that are kept in memory between two commits; a few MB, when all of them have many jobs some hundreds. */
    private static final int SEEN = 100;

    private final Database database;
    private final EventLog events;
    private final StateWitness witness;
    private final CommitCache<Long, Optional<Build>> seen;

    /** Keeps its records in a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one. */
    public SqliteBuildStore(Database database, EventLog events) {
        this(database, events, (connection, build, when) -> {});
    }

    /** The same with somebody who is told of each build's states. */
    public SqliteBuildStore(Database database, EventLog events, StateWitness witness) {
        this.database = database;
        this.events = events;
        this.witness = witness;
        this.seen = new CommitCache<>(database, SEEN);
    }

    @Override
    public Inserted insert(NewBuild build) {
        String plan = PlanJson.write(build.plan()); // not on the one thread that writes
        return database.write(connection -> insert(connection, build, plan));
    }

    @Override
    public Optional<Inserted> insertRepeated(NewBuild build, long old, Set<String> bare) {
        String plan = PlanJson.write(build.plan());
        return database.write(connection -> bareJobs(connection, old).equals(bare)
                ? Optional.of(insert(connection, build, plan))
                : Optional.empty());
    }

    private Inserted insert(Connection connection, NewBuild build, String plan) throws SQLException {
        Optional<Build> known = byKey(connection, build);
        if (known.isPresent()) {
            return new Inserted(known.get(), false, List.of());
        }
        long id = insertRow(connection, build);
        Sql.update(connection, "INSERT INTO plans (build_id, plan) VALUES (?, ?)", id, plan);
        for (int place = 0; place < build.jobs().size(); place++) {
            insertJob(connection, id, place, build);
        }
        events.record(connection, BuildEvents.queued(id, build));
        List<Superseded> superseded = Superseding.by(connection, id, build);
        for (Superseded older : superseded) {
            if (older.whole()) {
                events.record(connection, BuildEvents.canceling(existing(connection, older.build())));
            }
        }
        Build inserted = existing(connection, id);
        witness.changed(connection, inserted, build.created());
        return new Inserted(inserted, true, superseded);
    }

    @Override
    public Optional<Build> build(long id) {
        return seen.get(id, this::find);
    }

    private Optional<Build> find(long id) {
        return database.read(
                connection -> find(connection, BuildRow.SELECT + " WHERE builds.id = ? AND " + BuildRow.VISIBLE, id));
    }

    @Override
    public Optional<Build> recorded(long id) {
        return database.read(connection -> find(connection, BuildRow.SELECT + " WHERE builds.id = ?", id));
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
    public List<Build> running(int limit) {
        return database.read(connection -> Sql.list(
                connection,
                BuildRow.SELECT + " WHERE builds.finished IS NULL AND builds.state = 'running' AND " + BuildRow.VISIBLE
                        + " ORDER BY builds.id LIMIT ?",
                row -> BuildRow.read(connection, row),
                limit));
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
    public Build begin(long id, List<JobUpdate> updates, Instant when) {
        return database.write(connection -> {
            Build begun = moved(connection, id, BuildState.RUNNING, Optional.empty(), when);
            put(connection, id, updates);
            return begun;
        });
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
    public void note(long id, Optional<String> reason) {
        database.write(connection -> Sql.update(
                connection,
                "UPDATE builds SET reason = ? WHERE id = ? AND finished IS NULL AND canceled_by IS NULL",
                reason.orElse(null),
                id));
    }

    @Override
    public void markCanceled(long id, String by, Optional<String> reason) {
        database.write(connection -> {
            int first = Sql.update(connection, """
                    UPDATE builds SET canceled_by = ?, reason = ?
                    WHERE id = ? AND canceled_by IS NULL AND finished IS NULL""", by, reason.orElse(null), id);
            if (first > 0) {
                events.record(connection, BuildEvents.canceling(existing(connection, id)));
            }
            return first;
        });
    }

    @Override
    public Optional<Plan> plan(long id) {
        return database.read(connection -> Sql.first(
                connection, "SELECT plan FROM plans WHERE build_id = ?", row -> PlanJson.read(row.getString(1)), id));
    }

    @Override
    public void put(long id, List<JobUpdate> updates) {
        database.write(connection -> {
            put(connection, id, updates);
            return updates.size();
        });
    }

    private void put(Connection connection, long id, List<JobUpdate> updates) throws SQLException {
        boolean cutOff = false;
        for (JobUpdate update : updates) {
            cutOff |= JobRow.isCutOff(connection, id, update.place(), update.job());
            put(connection, id, update);
        }
        if (cutOff) {
            events.record(connection, BuildEvents.requeued(existing(connection, id)));
        }
    }

    @Override
    public List<Artifact> artifacts(long id) {
        return database.read(connection -> ArtifactRows.all(connection, id));
    }

    @Override
    public Optional<Artifact> artifact(long id, String path) {
        return database.read(connection -> ArtifactRows.visible(connection, id, path));
    }

    @Override
    public Optional<Artifact> artifact(long id, String job, String path) {
        return database.read(connection -> ArtifactRows.ofJob(connection, id, job, path));
    }

    @Override
    public Set<String> bareJobs(long id) {
        return database.read(connection -> bareJobs(connection, id));
    }

    private static Set<String> bareJobs(Connection connection, long id) throws SQLException {
        return Set.copyOf(Sql.list(
                connection,
                "SELECT job FROM removals WHERE build_id = ? AND what = 'artifacts'",
                row -> row.getString(1),
                id));
    }

    @Override
    public SortedMap<String, String> variables(long id, Collection<String> jobs) {
        SortedMap<String, String> all = new TreeMap<>();
        Set<String> wanted = Set.copyOf(jobs);
        database.read(connection -> Sql.list(
                connection,
                "SELECT name, variables FROM jobs WHERE build_id = ? AND variables IS NOT NULL ORDER BY place",
                row -> wanted.contains(row.getString(1)) && add(all, BuildRow.words(row.getString(2))),
                id));
        return all;
    }

    /** One after the other, so that not all are in memory at a time. */
    private static boolean add(SortedMap<String, String> all, SortedMap<String, String> some) {
        all.putAll(some);
        return true;
    }

    private void put(Connection connection, long id, JobUpdate update) throws SQLException {
        JobRow.update(connection, id, update.place(), update.job());
        if (update.left().isPresent()) {
            ArtifactRows.put(connection, id, update.place(), update.left().get());
            Sql.update(
                    connection,
                    "UPDATE jobs SET variables = ? WHERE build_id = ? AND place = ?",
                    BuildRow.words(update.left().get().variables()),
                    id,
                    update.place());
        }
        Optional<NewEvent> event = BuildEvents.moved(id, update.job());
        if (event.isPresent()) {
            events.record(connection, event.get());
        }
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
                  source_entries, source_unpacked, source_tar, spec_file, spec_text, created, supersede, auto_cancel,
                  jobs_request, source_url, source_ref, source_commit, keep_failed)
                VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
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
                build.created().toEpochMilli(),
                request.supersede().orElse(null),
                Superseding.autoCancel(build.plan()),
                request.jobs().orElse(null),
                source.origin().map(GitOrigin::url).orElse(null),
                source.origin().flatMap(GitOrigin::ref).orElse(null),
                source.origin().map(GitOrigin::commit).orElse(null),
                request.keepFailed().map(Duration::toMillis).orElse(null));
    }

    private static void insertJob(Connection connection, long id, int place, NewBuild build) throws SQLException {
        Job job = build.jobs().get(place);
        JobRow.insert(connection, id, place, job);
        if (job.course().takenFrom().isPresent()) {
            long from = build.request().retryOf().orElseThrow();
            ArtifactRows.copy(connection, from, id, place, job.name());
            Sql.update(connection, """
                    UPDATE jobs SET variables = (SELECT variables FROM jobs WHERE build_id = ? AND name = ?)
                    WHERE build_id = ? AND place = ?""", from, job.name(), id, place);
        }
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
        witness.changed(connection, after, when);
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
}
