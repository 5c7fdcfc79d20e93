package io.sallyport.builds.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventReader.Next;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.event.Start;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.store.BuildStore.NewBuild;
import io.sallyport.builds.store.BuildStore.SpecText;
import io.sallyport.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBuildStoreTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Digest DIGEST = new Digest("ab".repeat(32));

    @TempDir
    Path folder;

    private Database database;
    private EventLog events;
    private SqliteProjectStore projects;
    private SqliteBuildStore builds;
    private Project web;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        events = EventLog.open(database, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(1)));
        projects = new SqliteProjectStore(database, events, Clock.systemUTC());
        builds = new SqliteBuildStore(database, events);
        web = projects.put("web", ProjectSettings.DEFAULTS, "root").project();
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    @Test
    void aBuildComesBackAsItWasRecorded() {
        Build made = insert(request("main", Map.of("k", "v"), Optional.empty()));
        Build found = builds.build(made.id()).orElseThrow();
        assertEquals(made, found);
        assertEquals(BuildState.QUEUED, found.state());
        assertEquals(NOW, found.created());
        assertEquals(Map.of("k", "v"), found.labels());
        assertEquals("build", found.jobs().getFirst().name());
        assertEquals(Optional.of(new SpecText(".sallyport.yml", "script: make")), builds.spec(made.id()));
    }

    @Test
    void onlyAllowedStepsAreTaken() {
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        assertThrows(IllegalStateException.class, () -> builds.move(id, BuildState.SUCCEEDED, Optional.empty(), NOW));
        builds.move(id, BuildState.RUNNING, Optional.empty(), NOW);
        Build ended = builds.move(id, BuildState.FAILED, Optional.of("why"), NOW.plusSeconds(2));
        assertEquals(Optional.of(NOW), ended.started());
        assertEquals(Optional.of(NOW.plusSeconds(2)), ended.finished());
        assertThrows(IllegalStateException.class, () -> builds.move(id, BuildState.RUNNING, Optional.empty(), NOW));
        assertTrue(builds.unfinished().isEmpty());
    }

    @Test
    void anEndAndItsEvidenceAreRecordedTogetherOrNotAtAll() {
        Evidence evidence = new Evidence("SHA256:key", "manifest\n", "signature\n", "{}");
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        assertThrows(
                IllegalStateException.class,
                () -> builds.end(id, BuildState.SUCCEEDED, Optional.empty(), NOW, Optional.of(evidence)));
        assertEquals(Optional.empty(), builds.evidence(id));
        builds.move(id, BuildState.RUNNING, Optional.empty(), NOW);
        assertThrows(
                IllegalStateException.class,
                () -> builds.end(id, BuildState.QUEUED, Optional.empty(), NOW, Optional.empty()));
        Build ended = builds.end(id, BuildState.SUCCEEDED, Optional.empty(), NOW, Optional.of(evidence));
        assertEquals(BuildState.SUCCEEDED, ended.state());
        assertEquals(Optional.of(evidence), builds.evidence(id));
    }

    @Test
    void theSameKeyGivesTheSameBuild() {
        BuildRequest request = request("main", Map.of(), Optional.of("key-1"));
        assertEquals(insert(request).id(), insert(request).id());
        assertEquals(1, builds.list(query(10)).size());
    }

    @Test
    void listsAreNewestFirstFilteredAndPaged() {
        for (int i = 0; i < 5; i++) {
            insert(request(i % 2 == 0 ? "main" : "next", Map.of("n", Integer.toString(i)), Optional.empty()));
        }
        assertEquals(List.of(5L, 4L), ids(query(2)));
        assertEquals(
                List.of(5L, 3L, 1L),
                ids(new BuildQuery(
                        List.of("web"), Optional.empty(), Optional.of("main"), Map.of(), OptionalLong.empty(), 10)));
        assertEquals(
                List.of(3L),
                ids(new BuildQuery(
                        List.of("web"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("n", "2"),
                        OptionalLong.empty(),
                        10)));
        assertEquals(
                List.of(2L, 1L),
                ids(new BuildQuery(
                        List.of("web"), Optional.empty(), Optional.empty(), Map.of(), OptionalLong.of(3), 10)));
        assertTrue(builds.list(new BuildQuery(
                        List.of(), Optional.empty(), Optional.empty(), Map.of(), OptionalLong.empty(), 10))
                .isEmpty());
    }

    @Test
    void buildsOfARemovedProjectAreNotFoundAndCanStillEnd() {
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        assertTrue(projects.remove("web", "root"));
        assertFalse(projects.remove("web", "root"));
        assertTrue(builds.build(id).isEmpty());
        Project again = projects.put("web", ProjectSettings.DEFAULTS, "root").project();
        assertTrue(again.id() != web.id());
        assertTrue(builds.list(query(10)).isEmpty());
        builds.move(id, BuildState.CANCELED, Optional.empty(), NOW);
    }

    @Test
    void jobsAndArtifactsAreReplaced() {
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        builds.putJob(id, job(BuildState.FAILED, OptionalInt.of(2)));
        builds.putArtifacts(id, "build", List.of(artifact("b", 1), artifact("a", 2)));
        builds.putArtifacts(id, "build", List.of(artifact("dist/x", 40)));
        Build found = builds.build(id).orElseThrow();
        assertEquals(OptionalInt.of(2), found.jobs().getFirst().exitCode());
        assertEquals(1, found.artifactCount());
        assertEquals(40, found.artifactBytes());
        assertEquals(Optional.of(artifact("dist/x", 40)), builds.artifact(id, "dist/x"));
        assertTrue(builds.artifact(id, "a").isEmpty());
    }

    @Test
    void eachStepIsAnEventAndARefusedOneIsNone() throws Exception {
        long id = insert(request("main", Map.of(), Optional.of("key"))).id();
        insert(request("main", Map.of(), Optional.of("key")));
        assertThrows(IllegalStateException.class, () -> builds.move(id, BuildState.FAILED, Optional.empty(), NOW));
        builds.move(id, BuildState.RUNNING, Optional.empty(), NOW);
        builds.putJob(id, job(BuildState.RUNNING, OptionalInt.empty()));
        builds.putJob(id, job(BuildState.RUNNING, OptionalInt.empty()));
        builds.requeue(id, true);
        builds.move(id, BuildState.RUNNING, Optional.empty(), NOW);
        builds.putJob(id, job(BuildState.RUNNING, OptionalInt.empty()));
        builds.markCanceled(id, "ben", Optional.of("wrong branch"));
        builds.markCanceled(id, "eve", Optional.of("too late"));
        builds.putJob(id, job(BuildState.CANCELED, OptionalInt.of(143)));
        builds.end(id, BuildState.CANCELED, Optional.of("wrong branch"), NOW, Optional.empty());
        assertThrows(
                IllegalStateException.class,
                () -> builds.end(id, BuildState.FAILED, Optional.empty(), NOW, Optional.empty()));
        projects.put("web", ProjectSettings.DEFAULTS, "root");

        assertEquals(
                List.of(
                        "project.created by root {}",
                        "build.queued by ann {\"state\":\"queued\",\"ref\":\"main\"}",
                        "build.started {\"state\":\"running\"}",
                        "job.started {\"state\":\"running\",\"attempt\":0}",
                        "build.requeued {\"state\":\"queued\",\"restarts\":1}",
                        "build.started {\"state\":\"running\"}",
                        "job.started {\"state\":\"running\",\"attempt\":0}",
                        "build.canceling by ben {\"state\":\"running\",\"reason\":\"wrong branch\"}",
                        "job.ended {\"state\":\"canceled\",\"attempt\":0,\"exitCode\":143}",
                        "build.ended by ben {\"state\":\"canceled\",\"reason\":\"wrong branch\"}"),
                told());
    }

    private List<String> told() throws InterruptedException {
        List<String> told = new ArrayList<>();
        var reading = (EventLog.Reading.Open) events.read(topic -> true, new Start.Oldest(), false);
        while (reading.reader().next() instanceof Next.Found found) {
            String by = found.event().by().map(who -> " by " + who).orElse("");
            told.add(found.event().topic().type().label() + by + " "
                    + found.event().facts());
        }
        return told;
    }

    private Build insert(BuildRequest request) {
        Source source = new Source(SourceKind.TAR, new Blob(DIGEST, 10240), 3, 7, 10240);
        return builds.insert(new NewBuild(
                        web,
                        request,
                        "ann",
                        false,
                        source,
                        new SpecText(".sallyport.yml", "script: make"),
                        List.of(job(BuildState.QUEUED, OptionalInt.empty())),
                        NOW))
                .build();
    }

    private List<Long> ids(BuildQuery query) {
        return builds.list(query).stream().map(Build::id).toList();
    }

    private static BuildQuery query(int limit) {
        return new BuildQuery(
                List.of("web"), Optional.empty(), Optional.empty(), Map.of(), OptionalLong.empty(), limit);
    }

    private static BuildRequest request(String ref, Map<String, String> labels, Optional<String> key) {
        return new BuildRequest(
                Optional.of(ref),
                Optional.empty(),
                new TreeMap<>(labels),
                new TreeMap<>(),
                Optional.empty(),
                0,
                key,
                Optional.empty());
    }

    private static Job job(BuildState state, OptionalInt exitCode) {
        return new Job(
                "build",
                "build",
                state,
                exitCode,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Artifact artifact(String path, long bytes) {
        return new Artifact(path, new Blob(DIGEST, bytes), "build", false);
    }
}
