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
import io.sallyport.builds.JobState;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.TestCounts;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventReader.Next;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.event.Start;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.store.BuildStore.JobUpdate;
import io.sallyport.builds.store.BuildStore.Left;
import io.sallyport.builds.store.BuildStore.NewBuild;
import io.sallyport.builds.store.BuildStore.SpecText;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteBuildStoreTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Plan PLAN = new Plan(
            Optional.empty(),
            List.of("test"),
            List.of(JobSpec.of("build", "test", Work.of(List.of("make"), Duration.ofMinutes(1)))),
            List.of(),
            List.of(),
            Plan.AutoCancel.CONSERVATIVE);
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
        events = EventLog.open(database, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(36_500)));
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
        assertThrows(
                IllegalStateException.class,
                () -> builds.end(id, BuildState.SUCCEEDED, Optional.empty(), NOW, Optional.empty()));
        builds.begin(id, List.of(), NOW);
        Build ended = builds.end(id, BuildState.FAILED, Optional.of("why"), NOW.plusSeconds(2), Optional.empty());
        assertEquals(Optional.of(NOW), ended.started());
        assertEquals(Optional.of(NOW.plusSeconds(2)), ended.finished());
        assertThrows(IllegalStateException.class, () -> builds.begin(id, List.of(), NOW));
        assertTrue(builds.unfinished().isEmpty());
    }

    @Test
    void aBuildBeginsTogetherWithItsFirstJobsOrNotAtAll() {
        Build build = insert(request("main", Map.of(), Optional.empty()));
        Job job = build.jobs().getFirst();
        Job impossible =
                job.running("process", false, NOW).ended(JobState.SUCCEEDED, Optional.empty(), OptionalInt.of(0), NOW);
        assertThrows(
                IllegalStateException.class,
                () -> builds.begin(build.id(), List.of(new JobUpdate(0, impossible, Optional.empty())), NOW));
        assertEquals(Optional.of(build), builds.build(build.id()));

        Job running = job.running("process", false, NOW);
        builds.begin(build.id(), List.of(new JobUpdate(0, running, Optional.empty())), NOW);
        Build begun = builds.build(build.id()).orElseThrow();
        assertEquals(BuildState.RUNNING, begun.state());
        assertEquals(Optional.of(NOW), begun.started());
        assertEquals(List.of(running), begun.jobs());
    }

    @Test
    void anEndAndItsEvidenceAreRecordedTogetherOrNotAtAll() {
        Evidence evidence = new Evidence("SHA256:key", "manifest\n", "signature\n", "{}");
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        assertThrows(
                IllegalStateException.class,
                () -> builds.end(id, BuildState.SUCCEEDED, Optional.empty(), NOW, Optional.of(evidence)));
        assertEquals(Optional.empty(), builds.evidence(id));
        builds.begin(id, List.of(), NOW);
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
        builds.end(id, BuildState.CANCELED, Optional.empty(), NOW, Optional.empty());
    }

    @Test
    void aJobComesBackAsItWasRecorded() {
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        Job manual = new Job(
                "build",
                "test",
                new Job.Terms(
                        Flow.When.MANUAL,
                        Optional.of(List.of("a", "b")),
                        true,
                        true,
                        Optional.of("production"),
                        Optional.of("alpine")),
                JobState.QUEUED,
                Optional.empty(),
                Job.Course.NONE,
                Job.Findings.NONE);
        long other = insert(request("main", Map.of(), Optional.empty()), PLAN, List.of(manual))
                .id();
        assertEquals(List.of(manual), builds.build(other).orElseThrow().jobs());

        Job ended = builds.build(id).orElseThrow().jobs().getFirst();
        for (Job step : List.of(
                ended.manual(NOW),
                ended.manual(NOW).release(Optional.of("bob")),
                ended.manual(NOW).release(Optional.of("bob")).running("docker", true, NOW),
                ended.manual(NOW)
                        .release(Optional.of("bob"))
                        .running("docker", true, NOW)
                        .finding(new Job.Findings(
                                OptionalDouble.of(81.5), Optional.of(new TestCounts(7, 1, 2, 3, 0.25))))
                        .allowedToFail()
                        .ended(JobState.FAILED, Optional.of("why"), OptionalInt.of(2), NOW.plusSeconds(1)))) {
            builds.put(id, List.of(new JobUpdate(0, step, Optional.empty())));
            assertEquals(step, builds.build(id).orElseThrow().jobs().getFirst());
        }
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void aJobTakesOnlyAllowedSteps(JobState from) {
        Map<JobState, List<JobState>> ways = Map.of(
                JobState.QUEUED, List.of(),
                JobState.MANUAL, List.of(JobState.MANUAL),
                JobState.DELAYED, List.of(JobState.DELAYED),
                JobState.RUNNING, List.of(JobState.RUNNING),
                JobState.SKIPPED, List.of(JobState.SKIPPED));
        for (JobState to : JobState.values()) {
            long id = insert(request("main", Map.of(), Optional.empty())).id();
            for (JobState step : ways.getOrDefault(from, List.of(JobState.RUNNING, from))) {
                builds.put(id, List.of(in(step)));
            }
            if (from.canBecome(to)) {
                builds.put(id, List.of(in(to)));
            } else {
                assertThrows(IllegalStateException.class, () -> builds.put(id, List.of(in(to))), from + " to " + to);
            }
            JobState now = builds.build(id).orElseThrow().jobs().getFirst().state();
            assertEquals(from.canBecome(to) ? to : from, now);
        }
    }

    @Test
    void stepsAreRecordedTogetherOrNotAtAll() {
        long id = insert(request("main", Map.of(), Optional.empty()), plan("a", "b"), List.of(job("a"), job("b")))
                .id();
        JobUpdate good = new JobUpdate(0, job("a").running("process", false, NOW), Optional.empty());
        JobUpdate bad = new JobUpdate(1, job("b").manual(NOW).release(Optional.empty()), Optional.empty());
        assertThrows(IllegalStateException.class, () -> builds.put(id, List.of(good, bad)));
        assertEquals(
                JobState.QUEUED,
                builds.build(id).orElseThrow().job("a").orElseThrow().state());
    }

    @Test
    void whatAnEarlierAttemptHasLeftIsReplaced() {
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        Job running = job("build").running("process", false, NOW);
        builds.put(id, List.of(new JobUpdate(0, running, Optional.empty())));
        builds.put(id, List.of(new JobUpdate(0, running.again("once more"), left(artifact("a", "build", 2)))));
        builds.put(id, List.of(new JobUpdate(0, running.again("x").running("process", false, NOW), Optional.empty())));
        builds.put(id, List.of(ended(0, "build", artifact("dist/x", "build", 40))));
        Build found = builds.build(id).orElseThrow();
        assertEquals(1, found.artifactCount());
        assertEquals(40, found.artifactBytes());
        assertEquals(Optional.of(artifact("dist/x", "build", 40)), builds.artifact(id, "dist/x"));
        assertTrue(builds.artifact(id, "a").isEmpty());
    }

    @Test
    void byPathAloneTheArtifactOfTheLastJobIsSeen() {
        long id = insert(
                        request("main", Map.of(), Optional.empty()),
                        plan("one", "two", "three"),
                        List.of(job("one"), job("two"), job("three")))
                .id();
        for (int place = 0; place < 3; place++) {
            String name = List.of("one", "two", "three").get(place);
            builds.put(id, List.of(new JobUpdate(place, job(name).running("process", false, NOW), Optional.empty())));
        }
        builds.put(id, List.of(ended(2, "three", artifact("same", "three", 3), artifact("was-file/in", "three", 3))));
        builds.put(id, List.of(ended(0, "one", artifact("same", "one", 1), artifact("was-file", "one", 1))));
        builds.put(
                id,
                List.of(ended(
                        1,
                        "two",
                        artifact("same", "two", 2),
                        artifact("only-two", "two", 2),
                        artifact("was-file/in/deep", "two", 2))));

        List<Artifact> all = builds.artifacts(id);
        assertEquals(List.of("three", "two", "one"), jobsOf(all, "same"));
        assertEquals(7, all.size());
        List<Artifact> visible = VisibleArtifacts.of(all, List.of("one", "two", "three"));
        assertEquals(
                List.of("only-two two", "same three", "was-file/in three"),
                visible.stream().map(each -> each.path() + " " + each.job()).toList());
        for (Artifact artifact : all) {
            Optional<Artifact> seen = builds.artifact(id, artifact.path());
            assertEquals(
                    visible.stream()
                            .filter(each -> each.path().equals(artifact.path()))
                            .findFirst(),
                    seen);
            assertEquals(Optional.of(artifact), builds.artifact(id, artifact.job(), artifact.path()));
        }
    }

    @Test
    void variablesOfLaterJobsWin() {
        long id = insert(request("main", Map.of(), Optional.empty()), plan("a", "b"), List.of(job("a"), job("b")))
                .id();
        for (int place = 0; place < 2; place++) {
            String name = List.of("a", "b").get(place);
            builds.put(id, List.of(new JobUpdate(place, job(name).running("process", false, NOW), Optional.empty())));
            Left left = new Left(List.of(), new TreeMap<>(Map.of("FROM", name, name, "1")));
            Job over = job(name)
                    .running("process", false, NOW)
                    .ended(JobState.SUCCEEDED, Optional.empty(), OptionalInt.of(0), NOW);
            builds.put(id, List.of(new JobUpdate(place, over, Optional.of(left))));
        }
        assertEquals(Map.of("FROM", "b", "a", "1", "b", "1"), builds.variables(id, List.of("a", "b")));
        assertEquals(Map.of("FROM", "a", "a", "1"), builds.variables(id, List.of("a")));
    }

    @Test
    void whatIsTakenOverBringsItsArtifactsAlong() {
        long old = insert(request("main", Map.of(), Optional.empty()), plan("a", "b"), List.of(job("a"), job("b")))
                .id();
        builds.put(old, List.of(new JobUpdate(0, job("a").running("process", false, NOW), Optional.empty())));
        builds.put(old, List.of(ended(0, "a", artifact("x", "a", 5))));
        Job taken = builds.build(old).orElseThrow().job("a").orElseThrow().takenOver(old);
        BuildRequest again =
                request("main", Map.of(), Optional.empty()).retrying(old, Optional.of("failed"), Optional.empty());

        Build made = insert(again, plan("b", "a"), List.of(job("b"), taken));

        assertEquals(JobState.SUCCEEDED, made.job("a").orElseThrow().state());
        assertEquals(OptionalLong.of(old), made.job("a").orElseThrow().course().takenFrom());
        assertEquals(List.of(artifact("x", "a", 5)), builds.artifacts(made.id()));
        Job again2 = made.job("a").orElseThrow().takenOver(made.id());
        assertEquals(Optional.of("taken over from build " + old), again2.reason());
    }

    @Test
    void whatHasLostArtifactsMeanwhileIsNotRepeated() {
        long old = insert(request("main", Map.of(), Optional.empty())).id();
        Set<String> decidedBy = builds.bareJobs(old);
        database.write(connection -> Sql.update(
                connection, "INSERT INTO removals VALUES (?, 'artifacts', 'build', 0, 'artifacts.days', 1, 5)", old));
        NewBuild again = newBuild(
                request("main", Map.of(), Optional.empty()).retrying(old, Optional.of("failed"), Optional.empty()),
                PLAN,
                List.of(job("build")));

        assertEquals(Optional.empty(), builds.insertRepeated(again, old, decidedBy));
        assertEquals(List.of(old), ids(query(10)));

        builds.insertRepeated(again, old, Set.of("build")).orElseThrow();
        assertEquals(2, ids(query(10)).size());
    }

    @Test
    void aPlanIsKeptAndOneThatIsNotThereIsNone() {
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        assertEquals(Optional.of(PLAN), builds.plan(id));
        assertEquals(Optional.empty(), builds.plan(id + 1));
    }

    @Test
    void aNoteStandsUntilTheEndAndNotBesideACancellation() {
        long id = insert(request("main", Map.of(), Optional.empty())).id();
        builds.note(id, Optional.of("waits"));
        assertEquals(Optional.of("waits"), builds.build(id).orElseThrow().reason());
        builds.markCanceled(id, "ann", Optional.of("wrong"));
        builds.note(id, Optional.empty());
        assertEquals(Optional.of("wrong"), builds.build(id).orElseThrow().reason());
    }

    @Test
    void eachStepIsAnEventAndARefusedOneIsNone() throws Exception {
        long id = insert(request("main", Map.of(), Optional.of("key"))).id();
        insert(request("main", Map.of(), Optional.of("key")));
        assertThrows(
                IllegalStateException.class,
                () -> builds.end(id, BuildState.FAILED, Optional.empty(), NOW, Optional.empty()));
        builds.begin(id, List.of(), NOW);
        Job first = job("build").running("process", false, NOW);
        Job waiting =
                first.again("attempt 1 failed").running("process", false, NOW).cutOff(true);
        Job last = waiting.running("process", false, NOW);
        for (Job step : List.of(
                first,
                first.again("attempt 1 failed"),
                first.again("attempt 1 failed").running("process", false, NOW),
                waiting,
                waiting.manual(NOW),
                waiting.manual(NOW).release(Optional.of("bob")),
                last)) {
            builds.put(id, List.of(new JobUpdate(0, step, Optional.empty())));
        }
        assertThrows(
                IllegalStateException.class, () -> builds.put(id, List.of(new JobUpdate(0, last, Optional.empty()))));
        builds.markCanceled(id, "ben", Optional.of("wrong branch"));
        builds.markCanceled(id, "eve", Optional.of("too late"));
        Job ended = last.ended(JobState.CANCELED, Optional.empty(), OptionalInt.of(143), NOW);
        builds.put(id, List.of(new JobUpdate(0, ended, Optional.empty())));
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
                        "job.started {\"state\":\"running\",\"attempt\":1}",
                        "job.started {\"state\":\"running\",\"attempt\":2}",
                        "build.requeued {\"state\":\"running\",\"restarts\":1}",
                        "job.waiting {\"state\":\"manual\",\"due\":\"" + NOW + "\"}",
                        "job.started {\"state\":\"running\",\"attempt\":3}",
                        "build.canceling by ben {\"state\":\"running\",\"reason\":\"wrong branch\"}",
                        "job.ended {\"state\":\"canceled\",\"attempt\":3,\"exitCode\":143}",
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
        return insert(request, PLAN, List.of(job("build")));
    }

    private Build insert(BuildRequest request, Plan plan, List<Job> jobs) {
        return builds.insert(newBuild(request, plan, jobs)).build();
    }

    private NewBuild newBuild(BuildRequest request, Plan plan, List<Job> jobs) {
        Source source = new Source(SourceKind.TAR, new Blob(DIGEST, 10240), 3, 7, 10240);
        return new NewBuild(
                web,
                request,
                "ann",
                false,
                source,
                new SpecText(".sallyport.yml", "script: make"),
                plan,
                jobs,
                older -> true,
                NOW);
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
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Job job(String name) {
        return Job.queued(name, "test", Job.Terms.USUAL);
    }

    private static Plan plan(String... jobs) {
        return new Plan(
                Optional.empty(),
                List.of("test"),
                Stream.of(jobs)
                        .map(name -> JobSpec.of(name, "test", Work.of(List.of("make"), Duration.ofMinutes(1))))
                        .toList(),
                List.of(),
                List.of(),
                Plan.AutoCancel.CONSERVATIVE);
    }

    private static JobUpdate in(JobState state) {
        Job job = job("build");
        return new JobUpdate(
                0,
                new Job(job.name(), job.stage(), job.terms(), state, Optional.empty(), job.course(), job.findings()),
                Optional.empty());
    }

    private static JobUpdate ended(int place, String name, Artifact... artifacts) {
        Job job = job(name)
                .running("process", false, NOW)
                .ended(JobState.SUCCEEDED, Optional.empty(), OptionalInt.of(0), NOW);
        return new JobUpdate(place, job, left(artifacts));
    }

    private static Optional<Left> left(Artifact... artifacts) {
        return Optional.of(new Left(List.of(artifacts), new TreeMap<>()));
    }

    private static List<String> jobsOf(List<Artifact> artifacts, String path) {
        return artifacts.stream()
                .filter(each -> each.path().equals(path))
                .map(Artifact::job)
                .toList();
    }

    private static Artifact artifact(String path, String job, long bytes) {
        return new Artifact(path, new Blob(DIGEST, bytes), job, false);
    }
}
