package io.sallyport.builds.retention;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.builds.store.RefForms;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.CommitCache;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What retention asks and changes of the records of builds, in SQLite. What a changing method has returned is on disk.
 * May be used from any thread.
 */
public final class RetentionStore {
    private static final int PAGE = 500;

    /** Of a row of builds: it names its source until that is removed. */
    static final String HAS_SOURCE =
            "NOT EXISTS (SELECT 1 FROM removals WHERE removals.build_id = builds.id AND what = 'source')";

    private static final String HAS_LOG =
            "NOT EXISTS (SELECT 1 FROM removals WHERE removals.build_id = builds.id AND what = 'log')";

    /** Tables whose rows belong to a build, by their column {@code build_id}. */
    static final List<String> OF_BUILDS =
            List.of("artifacts", "jobs", "evidence", "plans", "pins", "removals", "visits");

    private final Database database;
    private final EventLog events;
    private final CommitCache<Long, Remains> seen;

    /** Uses a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one. */
    public RetentionStore(Database database, EventLog events) {
        this.database = database;
        this.events = events;
        this.seen = new CommitCache<>(database, PAGE);
    }

    /** Projects that have been removed and still have builds. */
    List<Long> removedProjects() {
        return database.read(connection -> Sql.list(connection, """
                SELECT id FROM projects WHERE removed IS NOT NULL
                AND EXISTS (SELECT 1 FROM builds WHERE project_id = projects.id)""", row -> row.getLong(1)));
    }

    /** Builds of a project that are kept however old they are, by a bit for each. */
    BitSet spared(long project, KeepRules rules) {
        return database.read(connection -> {
            BitSet spared = new BitSet();
            Sql.list(
                    connection,
                    "SELECT build_id FROM pins JOIN builds ON builds.id = build_id WHERE project_id = ?",
                    row -> add(spared, row),
                    project);
            if (rules.keepTags()) {
                Sql.list(
                        connection,
                        "SELECT id FROM builds WHERE project_id = ? AND ref >= ? AND ref < ?",
                        row -> add(spared, row),
                        project,
                        RefForms.TAGS,
                        RefForms.TAGS + Character.MAX_VALUE);
            }
            if (rules.keepSuccesses() > 0) {
                Sql.list(connection, """
                        SELECT id FROM (SELECT id, row_number() OVER (
                          PARTITION BY trusted, CASE WHEN ref LIKE 'refs/heads/%' THEN substr(ref, 12) ELSE ref END
                          ORDER BY id DESC) AS place FROM builds WHERE project_id = ? AND state = 'succeeded')
                        WHERE place <= ?""", row -> add(spared, row), project, rules.keepSuccesses());
            }
            return spared;
        });
    }

    /** Builds that have ended, of one project or, when that is empty, of all that are there: oldest first, a page. */
    List<Candidate> ended(Optional<Long> project, long after) {
        String of = project.isPresent()
                ? " AND project_id = ?"
                : " AND project_id IN (SELECT id FROM projects WHERE removed IS NULL)";
        List<Object> arguments = new ArrayList<>(List.of(after));
        project.ifPresent(arguments::add);
        arguments.add(PAGE);
        return database.read(connection -> Sql.list(
                connection,
                "SELECT id, finished, source_digest, source_bytes, " + HAS_SOURCE + " AS has_source, " + HAS_LOG
                        + " AS has_log FROM builds WHERE finished IS NOT NULL AND id > ?" + of + " ORDER BY id LIMIT ?",
                row -> candidate(connection, row),
                arguments.toArray()));
    }

    /**
     * Removes something, and records that, unless somebody has pinned the build meanwhile.
     *
     * @return whether it was done
     */
    boolean remove(Removal removal) {
        return database.write(connection -> {
            boolean pinned = Sql.first(
                            connection, "SELECT 1 FROM pins WHERE build_id = ?", row -> true, removal.build())
                    .isPresent();
            // Pins of a removed project protect nothing: nobody can take them away any more.
            boolean found = !removal.project().isEmpty();
            if (pinned && found) {
                return false;
            }
            if (found) {
                events.record(connection, removed(removal));
            }
            if (removal.what() == What.BUILD) {
                removeBuild(connection, removal.build());
            } else {
                removePart(connection, removal);
            }
            return true;
        });
    }

    /** Builds whose log files are to be removed, some of them. */
    List<Long> logsToRemove() {
        return database.read(connection -> Sql.list(
                connection,
                "SELECT build_id FROM logs_to_remove ORDER BY build_id LIMIT ?",
                row -> row.getLong(1),
                PAGE));
    }

    /** Records that the log files of a build are gone. */
    void logRemoved(long build) {
        database.write(connection -> Sql.update(connection, "DELETE FROM logs_to_remove WHERE build_id = ?", build));
    }

    /** Keeps a build for good; the first word stays. */
    Pin pin(long build, Pin pin) {
        return database.write(connection -> {
            int fresh = Sql.update(
                    connection,
                    "INSERT OR IGNORE INTO pins (build_id, pinned_by, pinned, reason) VALUES (?, ?, ?, ?)",
                    build,
                    pin.by(),
                    pin.at().toEpochMilli(),
                    pin.reason().orElse(null));
            if (fresh > 0) {
                events.record(
                        connection,
                        NewEvent.of(EventType.BUILD_PINNED, new Subject.OfBuild(build))
                                .by(pin.by())
                                .fact("reason", pin.reason()));
            }
            return findPin(connection, build).orElseThrow();
        });
    }

    /** Keeps a build no longer than others. False when it was not pinned. */
    boolean unpin(long build, String by) {
        return database.write(connection -> {
            boolean was = Sql.update(connection, "DELETE FROM pins WHERE build_id = ?", build) > 0;
            if (was) {
                events.record(
                        connection,
                        NewEvent.of(EventType.BUILD_UNPINNED, new Subject.OfBuild(build))
                                .by(by));
            }
            return was;
        });
    }

    /** What there is to say of a build besides its record. */
    Remains remains(long build, String project) {
        return seen.get(build, id -> read(id, project));
    }

    private Remains read(long build, String project) {
        return database.read(connection -> new Remains(
                findPin(connection, build),
                Sql.list(
                        connection,
                        "SELECT * FROM removals WHERE build_id = ? ORDER BY removed DESC, what, job",
                        row -> removal(row, project),
                        build)));
    }

    /** Those of the builds of which there is something to say besides their record. */
    List<Long> withRemains(List<Long> builds) {
        return database.read(connection ->
                Sql.list(connection, """
                SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM pins WHERE build_id = value)
                OR EXISTS (SELECT 1 FROM removals WHERE build_id = value)""", row -> row.getLong(1), builds.toString())); // a list of numbers is JSON
    }

    /** The names of jobs that have artifacts in a build, and how long these are kept at least. */
    List<Candidate.Files> files(long build) {
        return database.read(connection -> files(connection, build));
    }

    /** Whether a build is kept however old it is. */
    boolean isSpared(long build, KeepRules rules) {
        return database.read(connection -> findPin(connection, build).isPresent()
                || Sql.first(
                                connection,
                                "SELECT project_id, ref, state, trusted FROM builds WHERE id = ?",
                                row -> isSpared(connection, build, row, rules),
                                build)
                        .orElse(false));
    }

    /** When the last run ended. */
    Optional<Instant> lastRun() {
        return database.read(connection ->
                Sql.first(connection, "SELECT ended FROM retention_runs", row -> Instant.ofEpochMilli(row.getLong(1))));
    }

    /** Records that a run has ended. */
    void ran(Instant ended) {
        database.write(connection -> Sql.update(
                connection, "INSERT OR REPLACE INTO retention_runs (id, ended) VALUES (1, ?)", ended.toEpochMilli()));
    }

    private static boolean isSpared(Connection connection, long build, ResultSet row, KeepRules rules)
            throws SQLException {
        String ref = row.getString("ref");
        if (ref != null && ref.startsWith(RefForms.TAGS)) {
            return rules.keepTags() || isLatest(connection, build, row, rules);
        }
        return isLatest(connection, build, row, rules);
    }

    /** Whether it is one of the latest successes of its ref and trust. */
    private static boolean isLatest(Connection connection, long build, ResultSet row, KeepRules rules)
            throws SQLException {
        if (!row.getString("state").equals("succeeded") || rules.keepSuccesses() == 0) {
            return false;
        }
        String ref = row.getString("ref");
        String other = ref == null ? null : RefForms.of(ref).getLast();
        String first = ref == null ? null : RefForms.of(ref).getFirst();
        return Sql.first(
                        connection,
                        """
                        SELECT 1 FROM builds WHERE project_id = ? AND (ref IS ? OR ref IS ?) AND state = 'succeeded'
                        AND trusted = ? AND id > ? ORDER BY id LIMIT 1 OFFSET ?""",
                        newer -> true,
                        row.getLong("project_id"),
                        first,
                        other,
                        row.getInt("trusted"),
                        build,
                        rules.keepSuccesses() - 1)
                .isEmpty();
    }

    private static Candidate candidate(Connection connection, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new Candidate(
                id,
                Instant.ofEpochMilli(row.getLong("finished")),
                new Blob(digest(row.getString("source_digest")), row.getLong("source_bytes")),
                row.getBoolean("has_source"),
                row.getBoolean("has_log"),
                files(connection, id));
    }

    private static List<Candidate.Files> files(Connection connection, long build) throws SQLException {
        return Sql.list(
                connection,
                "SELECT job, max(expire_in), count(*) FROM artifacts WHERE build_id = ? GROUP BY job ORDER BY job",
                row -> new Candidate.Files(row.getString(1), seconds(row), row.getLong(3)),
                build);
    }

    private static Optional<Duration> seconds(ResultSet row) throws SQLException {
        long seconds = row.getLong(2);
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    private static NewEvent removed(Removal removal) {
        NewEvent event = NewEvent.of(EventType.RETENTION_REMOVED, subject(removal))
                .at(removal.at())
                .fact("what", removal.what().label())
                .fact("rule", removal.rule());
        return event.fact("items", removal.items()).fact("bytes", removal.bytes());
    }

    private static Subject subject(Removal removal) {
        return removal.job().isEmpty()
                ? new Subject.OfBuild(removal.build())
                : new Subject.OfJob(removal.build(), removal.job());
    }

    private static void removePart(Connection connection, Removal removal) throws SQLException {
        switch (removal.what()) {
            case ARTIFACTS ->
                Sql.update(
                        connection,
                        "DELETE FROM artifacts WHERE build_id = ? AND job = ?",
                        removal.build(),
                        removal.job());
            case LOG ->
                Sql.update(connection, "INSERT OR IGNORE INTO logs_to_remove (build_id) VALUES (?)", removal.build());
            case SOURCE -> {} // the record of its removal is what tells
            case BUILD -> throw new IllegalArgumentException("a whole: " + removal);
        }
        Sql.update(
                connection,
                """
                INSERT OR REPLACE INTO removals (build_id, what, job, removed, rule, items, bytes)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                removal.build(),
                removal.what().label(),
                removal.job(),
                removal.at().toEpochMilli(),
                removal.rule(),
                removal.items(),
                removal.bytes());
    }

    private static void removeBuild(Connection connection, long build) throws SQLException {
        Sql.update(connection, "INSERT OR IGNORE INTO logs_to_remove (build_id) VALUES (?)", build);
        for (String table : OF_BUILDS) {
            Sql.update(connection, "DELETE FROM " + table + " WHERE build_id = ?", build);
        }
        Sql.update(connection, "DELETE FROM builds WHERE id = ?", build);
    }

    private static Optional<Pin> findPin(Connection connection, long build) throws SQLException {
        return Sql.first(
                connection,
                "SELECT pinned_by, pinned, reason FROM pins WHERE build_id = ?",
                row -> new Pin(
                        row.getString(1), Instant.ofEpochMilli(row.getLong(2)), Optional.ofNullable(row.getString(3))),
                build);
    }

    private static Removal removal(ResultSet row, String project) throws SQLException {
        return new Removal(
                row.getLong("build_id"),
                project,
                What.parse(row.getString("what")),
                row.getString("job"),
                Instant.ofEpochMilli(row.getLong("removed")),
                row.getString("rule"),
                row.getLong("items"),
                row.getLong("bytes"));
    }

    private static int add(BitSet builds, ResultSet row) throws SQLException {
        builds.set(Math.toIntExact(row.getLong(1)));
        return 0;
    }

    private static Digest digest(String text) {
        return Digest.parse(text).orElseThrow();
    }
}
