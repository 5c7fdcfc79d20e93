package io.sallyport.builds.store;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.ProjectFiles;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Collectors;

/** The files of one project in SQLite. */
final class SqliteProjectFiles implements ProjectFiles {
    private static final int PAGE = 1000;

    private final Database database;
    private final long project;
    private final Clock clock;
    private final StampedLock inUse;

    /** The lock is held for reading by those who use files, of all projects. */
    SqliteProjectFiles(Database database, long project, Clock clock, StampedLock inUse) {
        this.inUse = inUse;
        this.database = database;
        this.project = project;
        this.clock = clock;
    }

    @Override
    public Map<Digest, Long> known(Collection<Digest> digests) {
        String all = digests.stream()
                .distinct()
                .map(digest -> "\"" + digest + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        // A cross join: those that are asked for are few, the files of the project many.
        List<Blob> known = database.read(connection -> Sql.list(
                connection,
                "SELECT digest, bytes FROM json_each(?2) CROSS JOIN project_files WHERE project_id = ?1 AND digest = value",
                row -> new Blob(Digest.parse(row.getString(1)).orElseThrow(), row.getLong(2)),
                project,
                all));
        return known.stream().collect(Collectors.toMap(Blob::digest, Blob::bytes));
    }

    @Override
    public boolean isSource(Digest manifest, Optional<String> by) {
        return database.read(connection -> Sql.first(
                        connection,
                        "SELECT 1 FROM builds WHERE source_digest = ? AND project_id = ? AND source_kind = 'MANIFEST'"
                                + " AND submitted_by = coalesce(?, submitted_by) AND"
                                + " NOT EXISTS (SELECT 1 FROM removals WHERE build_id = builds.id AND what = 'source')"
                                + " AND EXISTS (SELECT 1 FROM projects WHERE id = project_id AND removed IS NULL)",
                        row -> true,
                        manifest.toString(),
                        project,
                        by.orElse(null)))
                .isPresent();
    }

    @Override
    public Use use() {
        long stamp = inUse.readLock();
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                inUse.unlockRead(stamp);
            }
        };
    }

    @Override
    public int forget(Instant before, Needed needed) throws IOException {
        int forgotten = 0;
        String after = "";
        while (true) {
            List<Digest> page = page(after, before);
            if (page.isEmpty()) {
                return forgotten;
            }
            after = page.getLast().toString();
            Set<Digest> idle = new HashSet<>(page);
            idle.removeAll(needed.of(page));
            forgotten += idle.isEmpty() ? 0 : forgetUnused(idle, needed);
        }
    }

    private List<Digest> page(String after, Instant before) {
        return database.read(connection -> Sql.list(
                connection,
                "SELECT digest FROM project_files WHERE project_id = ? AND digest > ? AND added < ? ORDER BY digest LIMIT "
                        + PAGE,
                row -> Digest.parse(row.getString(1)).orElseThrow(),
                project,
                after,
                before.toEpochMilli()));
    }

    private int forgetUnused(Set<Digest> idle, Needed needed) throws IOException {
        long stamp = inUse.writeLock();
        try {
            idle.removeAll(needed.of(idle));
            return database.write(connection -> {
                int forgotten = 0;
                for (Digest digest : idle) {
                    forgotten += Sql.update(
                            connection,
                            "DELETE FROM project_files WHERE project_id = ? AND digest = ?",
                            project,
                            digest.toString());
                }
                return forgotten;
            });
        } finally {
            inUse.unlockWrite(stamp);
        }
    }

    /** Of a project that has been removed meanwhile there is nothing to record. */
    @Override
    public void add(Collection<Blob> files) {
        long now = clock.millis();
        database.write(connection -> {
            int added = 0;
            for (Blob file : files) {
                added += Sql.update(
                        connection,
                        "INSERT OR IGNORE INTO project_files (project_id, digest, bytes, added) SELECT id, ?, ?, ?"
                                + " FROM projects WHERE id = ? AND removed IS NULL",
                        file.digest().toString(),
                        file.bytes(),
                        now,
                        project);
            }
            return added;
        });
    }
}
