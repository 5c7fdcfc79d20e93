package io.sallyport.builds.store;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.ProjectFiles;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of one project in SQLite. */
final class SqliteProjectFiles implements ProjectFiles {
    private final Database database;
    private final long project;
    private final Clock clock;

    SqliteProjectFiles(Database database, long project, Clock clock) {
        this.database = database;
        this.project = project;
        this.clock = clock;
    }

    @Override
    public Set<Digest> known(Collection<Digest> digests) {
        String all = digests.stream().map(digest -> "\"" + digest + "\"").collect(Collectors.joining(",", "[", "]"));
        return new HashSet<>(database.read(connection -> Sql.list(
                connection,
                "SELECT value FROM json_each(?2) WHERE EXISTS"
                        + " (SELECT 1 FROM project_files WHERE project_id = ?1 AND digest = value)",
                row -> Digest.parse(row.getString(1)).orElseThrow(),
                project,
                all)));
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
