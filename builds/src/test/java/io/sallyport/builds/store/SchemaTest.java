package io.sallyport.builds.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.Build;
import io.sallyport.builds.JobState;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of earlier versions are read by this one. */
class SchemaTest {
    private static final int BEFORE_PLANS = 6;

    @TempDir
    Path folder;

    @Test
    void buildsOfOneJobAndTheirArtifactsAreKept() {
        Path file = folder.resolve("db.sqlite");
        try (Database old = Database.open(file, Schema.MIGRATIONS.subList(0, BEFORE_PLANS))) {
            old.write(connection -> {
                Sql.update(connection, "INSERT INTO projects (name, settings, created) VALUES ('web', '{}', 1)");
                Sql.update(connection, """
                        INSERT INTO builds (project_id, state, labels, variables, priority, submitted_by, source_kind,
                          source_digest, source_bytes, source_entries, source_unpacked, source_tar, spec_file, spec_text,
                          created, started, finished, retry_of)
                        VALUES (1, 'succeeded', '{}', '{}', 0, 'ann', 'TAR', ?, 1, 1, 1, 1, 's', 't', 1, 2, 3, 7)""", "sha256:" + "ab".repeat(32));
                Sql.update(connection, """
                        INSERT INTO jobs (build_id, place, name, stage, state, exit_code, attempt, finished)
                        VALUES (1, 0, 'build', 'build', 'succeeded', 0, 1, 3)""");
                return Sql.update(connection, """
                        INSERT INTO artifacts (build_id, path, job, digest, bytes, executable)
                        VALUES (1, 'dist/x', 'build', ?, 5, 1)""", "sha256:" + "cd".repeat(32));
            });
        }
        try (Database now = Database.open(file, Schema.MIGRATIONS)) {
            EventLog events = EventLog.open(now, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(1)));
            SqliteBuildStore builds = new SqliteBuildStore(now, events);
            Build build = builds.build(1).orElseThrow();
            assertEquals(JobState.SUCCEEDED, build.jobs().getFirst().state());
            assertEquals(Optional.of(7L), build.request().retryOf());
            assertEquals(5, build.artifactBytes());
            assertEquals("build", builds.artifact(1, "dist/x").orElseThrow().job());
            assertEquals(Optional.empty(), builds.plan(1));
            assertEquals(List.of(), builds.unfinished());
            events.close();
        }
    }
}
