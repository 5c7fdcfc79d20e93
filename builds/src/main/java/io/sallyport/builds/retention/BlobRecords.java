package io.sallyport.builds.retention;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.blob.NamedBlobs;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which records of builds name which blobs, in SQLite: as the source of a build that has it, as a file that manifests may name, and as an artifact. This is
 * the one place that knows; a further table that names blobs has to be asked here. May be used from any thread.
 */
public final class BlobRecords implements NamedBlobs {
    private static final int PAGE = 500;
    private static final String HAS_SOURCE = RetentionStore.HAS_SOURCE;

    private final Database database;

    /** Asks a database opened with {@link Schema#MIGRATIONS}. */
    public BlobRecords(Database database) {
        this.database = database;
    }

    @Override
    public Set<Digest> named(Collection<Digest> digests) {
        String all = digests.stream().map(digest -> "\"" + digest + "\"").collect(Collectors.joining(",", "[", "]"));
        return database.read(connection -> {
            Set<Digest> named = new HashSet<>();
            for (String names : List.of(
                    "SELECT 1 FROM artifacts WHERE digest = value",
                    "SELECT 1 FROM builds WHERE source_digest = value AND " + HAS_SOURCE,
                    "SELECT 1 FROM project_files WHERE digest = value")) {
                named.addAll(Sql.list(
                        connection,
                        "SELECT value FROM json_each(?) WHERE EXISTS (" + names + ")",
                        row -> digest(row.getString(1)),
                        all));
            }
            return named;
        });
    }

    /** A blob that some record names, the next one after a digest in their order; to look at all of them. */
    public Optional<Blob> next(Optional<Digest> after) {
        String text = after.map(Digest::toString).orElse("");
        return database.read(connection -> Sql.first(
                connection,
                "SELECT digest, bytes FROM (SELECT * FROM (SELECT digest, bytes FROM artifacts WHERE digest > ?1 ORDER BY"
                        + " digest LIMIT 1) UNION ALL SELECT * FROM (SELECT source_digest, source_bytes FROM builds WHERE"
                        + " source_digest > ?1 AND " + HAS_SOURCE
                        + " ORDER BY source_digest LIMIT 1) UNION ALL SELECT * FROM"
                        + " (SELECT digest, bytes FROM project_files WHERE digest > ?1 ORDER BY digest LIMIT 1))"
                        + " ORDER BY digest LIMIT 1",
                row -> new Blob(digest(row.getString(1)), row.getLong(2)),
                text));
    }

    /**
     * A manifest that is the source of a build of a project that has it, by the number of the build.
     *
     * @param build its number
     * @param manifest its digest
     */
    record ManifestOf(long build, Digest manifest) {}

    /** The next manifests of a project behind a build, in the order of the builds; at most 500. */
    List<ManifestOf> manifests(long project, long after) {
        return database.read(connection -> Sql.list(
                connection,
                "SELECT id, source_digest FROM builds WHERE project_id = ? AND id > ? AND source_kind = 'MANIFEST' AND "
                        + HAS_SOURCE + " ORDER BY id LIMIT " + PAGE,
                row -> new ManifestOf(row.getLong(1), digest(row.getString(2))),
                project,
                after));
    }

    /** The blobs that go with a removal. */
    Set<Blob> of(Candidate build, Loss loss) {
        Set<Blob> blobs = new HashSet<>();
        boolean all = loss.what() == What.BUILD;
        if (build.hasSource() && (all || loss.what() == What.SOURCE)) {
            blobs.add(build.source());
        }
        if (all || loss.what() == What.ARTIFACTS) {
            blobs.addAll(database.read(connection -> Sql.list(
                    connection,
                    "SELECT DISTINCT digest, bytes FROM artifacts WHERE build_id = ?1 AND (?2 = '' OR job = ?2)",
                    row -> new Blob(digest(row.getString(1)), row.getLong(2)),
                    build.id(),
                    loss.job())));
        }
        return blobs;
    }

    /** Whether a record names the blob, but for what a run removes; one of a project or, when that is empty, any. */
    boolean isNamed(Digest digest, Planned planned, Optional<Long> project) {
        return database.read(connection -> namesArtifact(connection, digest, planned, project.orElse(0L))
                || namesSource(connection, digest, planned, project.orElse(0L)));
    }

    /** The sum of the sizes of blobs that are named by a project or, when that is empty, by any. */
    long bytes(Optional<Long> project) {
        String of = "(?1 = 0 OR project_id = ?1)";
        return database.read(connection -> Sql.first(
                        connection,
                        "SELECT coalesce(sum(bytes), 0) FROM (SELECT max(bytes) AS bytes FROM ("
                                + "SELECT digest, bytes FROM artifacts WHERE build_id IN (SELECT id FROM builds WHERE "
                                + of + ") UNION ALL SELECT source_digest, source_bytes FROM builds WHERE " + of
                                + " AND " + HAS_SOURCE + ") GROUP BY digest)",
                        row -> row.getLong(1),
                        project.orElse(0L)))
                .orElse(0L);
    }

    /** A build and its job that name something. */
    private record Names(long build, String job) {}

    /** The newest first: these are most likely to stay. */
    private static boolean namesArtifact(Connection connection, Digest digest, Planned planned, long project)
            throws SQLException {
        Names below = new Names(Long.MAX_VALUE, "");
        while (true) {
            List<Names> page = Sql.list(
                    connection,
                    """
                    SELECT DISTINCT build_id, job FROM artifacts
                    WHERE digest = ?1 AND (build_id, job) < (?2, ?3)
                    AND (?4 = 0 OR (SELECT project_id FROM builds WHERE id = build_id) = ?4)
                    ORDER BY build_id DESC, job DESC LIMIT ?5""",
                    row -> new Names(row.getLong(1), row.getString(2)),
                    digest.toString(),
                    below.build(),
                    below.job(),
                    project,
                    PAGE);
            if (page.stream().anyMatch(each -> !planned.hasArtifacts(each.build(), each.job()))) {
                return true;
            }
            if (page.size() < PAGE) {
                return false;
            }
            below = page.getLast();
        }
    }

    private static boolean namesSource(Connection connection, Digest digest, Planned planned, long project)
            throws SQLException {
        long below = Long.MAX_VALUE;
        while (true) {
            List<Long> page = Sql.list(
                    connection,
                    "SELECT id FROM builds WHERE source_digest = ?1 AND id < ?2 AND (?3 = 0 OR project_id = ?3) AND "
                            + HAS_SOURCE + " ORDER BY id DESC LIMIT ?4",
                    row -> row.getLong(1),
                    digest.toString(),
                    below,
                    project,
                    PAGE);
            if (page.stream().anyMatch(build -> !planned.hasSource(build))) {
                return true;
            }
            if (page.size() < PAGE) {
                return false;
            }
            below = page.getLast();
        }
    }

    private static Digest digest(String text) {
        return Digest.parse(text).orElseThrow();
    }
}
