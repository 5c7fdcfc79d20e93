package io.sallyport.builds.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.Keep;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.schedule.Cron;
import io.sallyport.builds.schedule.CronReading;
import io.sallyport.builds.source.ProjectFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final KeepRules RULES = Storehouse.RULES;

    @TempDir
    Path folder;

    private Storehouse house;
    private Project web;

    @BeforeEach
    void open() throws IOException {
        house = new Storehouse(folder);
        web = house.project("web");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatIsTooOldGoesFromTheRecordsAndFromTheDisk() throws Exception {
        long young = house.build(web).source("s1").artifact("build", "a", "a1").days(9);
        long withoutArtifacts =
                house.build(web).source("s2").artifact("build", "a", "a2").days(10);
        long withoutSource =
                house.build(web).source("s3").artifact("build", "a", "a3").days(25);
        long withoutLog = house.build(web).source("s4").days(30);
        long gone = house.build(web).source("s5").artifact("build", "a", "a5").days(100);

        Report report = run(RULES);

        assertEquals(Map.of(What.ARTIFACTS, 2L, What.SOURCE, 2L, What.LOG, 1L, What.BUILD, 1L), report.items());
        assertEquals(6, report.blobs().removed());
        assertEquals(
                Set.of(
                        "blob s1",
                        "blob a1",
                        "blob s2",
                        "log " + young,
                        "log " + withoutArtifacts,
                        "log " + withoutSource),
                house.files());
        assertEquals(Optional.empty(), house.builds.build(gone));
        Remains remains = house.store.remains(withoutLog, "web");
        assertEquals("logDays=30", remains.lost(What.LOG).orElseThrow().rule());
        assertEquals("sourceDays=20", remains.lost(What.SOURCE).orElseThrow().rule());
        assertEquals(Storehouse.NOW, remains.lost(What.SOURCE).orElseThrow().at());
        assertEquals(Optional.empty(), remains.lost(What.ARTIFACTS));
        assertEquals(0, house.builds.build(withoutSource).orElseThrow().artifactCount());
        assertEquals(Remains.ALL, house.store.remains(young, "web"));
        assertEquals(List.of(), house.column("SELECT build_id FROM logs_to_remove"));

        assertEquals(Map.of(), run(RULES).items());
    }

    @Test
    void aBlobStaysAsLongAsAnythingNamesIt() throws Exception {
        house.build(web).source("same").artifact("build", "a", "shared").days(40);
        long young =
                house.build(web).source("same").artifact("build", "b", "shared").days(1);
        house.build(house.project("other"))
                .source("other")
                .artifact("build", "c", "other")
                .days(15);

        Report report = run(RULES);

        assertEquals(Set.of("blob same", "blob shared", "blob other", "log " + young, "log 3"), house.files());
        assertEquals(0, report.blobs().removed());
        assertEquals(bytes(report, What.LOG), report.bytes());
    }

    @Test
    void artifactsOfAJobThatSaysSoGoByTheirOwnTime() throws Exception {
        long build = house.build(web)
                .artifact("brief", "a", "brief")
                .artifact("usual", "b", "usual")
                .expireIn("brief", Duration.ofHours(1))
                .days(1);

        run(RULES);

        assertEquals(
                List.of("b"),
                house.builds.artifacts(build).stream().map(each -> each.path()).toList());
        assertEquals(
                "expire_in=3600s",
                house.store.remains(build, "web").removals().getFirst().rule());
        assertEquals(
                "brief", house.store.remains(build, "web").removals().getFirst().job());
    }

    @Test
    void theLatestSuccessesOfEachRefAreKept() throws Exception {
        KeepRules rules = new KeepRules(10, 20, 30, 100, 2, false, 0);
        long oldest = house.build(web).ref("main").days(500);
        long older = house.build(web).ref("refs/heads/main").days(400);
        long other = house.build(web).ref("feature").days(390);
        long none = house.build(web).days(380);
        long latest =
                house.build(web).ref("main").artifact("build", "a", "latest").days(300);
        long failed = house.build(web).ref("main").state(BuildState.FAILED).days(200);

        Report report = run(rules);

        assertEquals(Set.of(oldest, failed), builds(report));
        assertEquals(Set.of(older, other, none, latest), there());
        assertTrue(house.files().contains("blob latest"));
    }

    @Test
    void buildsOfTagsAreKept() throws Exception {
        long tag = house.build(web).ref("refs/tags/v1").state(BuildState.FAILED).days(500);
        long branch = house.build(web).ref("tags/v1").days(500);

        assertEquals(Set.of(branch), builds(run(new KeepRules(10, 20, 30, 100, 0, true, 0))));
        assertEquals(Set.of(tag), builds(run(RULES)));
    }

    @Test
    void pinnedBuildsAreKeptUntilTheyAreNot() throws Exception {
        long pinned = house.build(web).artifact("build", "a", "a").days(500);
        long other = house.build(web).days(500);
        try (Retention retention = house.retention(RULES, 0)) {
            var build = house.builds.build(pinned).orElseThrow();
            Pin pin = retention.pin(build, "ann", Optional.of("shipped"));
            assertEquals(pin, retention.pin(build, "bob", Optional.empty()));
            assertEquals(Optional.of(pin), retention.remains(build).pin());

            assertEquals(Set.of(other), builds(retention.runNow().orElseThrow()));

            assertTrue(retention.unpin(build, "bob"));
            assertFalse(retention.unpin(build, "bob"));
            assertEquals(Set.of(pinned), builds(retention.runNow().orElseThrow()));
        }
    }

    @Test
    void aPinInTheMiddleOfARunIsHonoured() throws Exception {
        long build = house.build(web).days(500);
        house.store.pin(build, new Pin("ann", Storehouse.NOW, Optional.empty()));

        assertFalse(
                house.store.remove(new Removal(build, "web", What.BUILD, "", Storehouse.NOW, "buildDays=100", 1, 0)));

        assertTrue(house.builds.build(build).isPresent());
    }

    @Test
    void unfinishedBuildsAreNeverTouched() throws Exception {
        long build = house.build(web).source("needed").days(500);
        house.update("UPDATE builds SET state = 'running', finished = NULL");

        assertEquals(Map.of(), run(RULES).items());

        assertEquals(Set.of("blob needed", "log " + build), house.files());
    }

    @Test
    void whatAScheduleBuildsNextKeepsItsSource() throws Exception {
        long base = house.build(web)
                .ref("main")
                .source("needed")
                .artifact("build", "a", "a")
                .days(500);
        long older = house.build(web).ref("release").source("not needed").days(500);
        house.update(
                "INSERT INTO schedules (project_id, name, cron, timezone, ref, variables, source_of, enabled, owner,"
                        + " written, due) VALUES (" + web.id()
                        + ", 'nightly', '@daily', 'UTC', 'refs/heads/main', '{}', 'latest', 1, 'ann', 0, 1)");

        run(RULES);

        assertEquals(Set.of("blob needed"), house.files());
        assertEquals(Set.of(base), there());
        assertFalse(there().contains(older));
    }

    @Test
    void aProjectMayHaveRulesOfItsOwn() throws Exception {
        house.build(web).source("s").artifact("build", "a", "a").days(15);
        Keep longer = new Keep(
                OptionalInt.of(0),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty());
        ProjectSettings settings = ProjectSettings.DEFAULTS;
        house.projects.put(
                "web",
                new ProjectSettings(
                        settings.description(),
                        settings.sourceBytes(),
                        settings.artifactBytes(),
                        settings.timeoutSeconds(),
                        settings.defaultBranch(),
                        settings.protectedRefs(),
                        settings.weight(),
                        settings.jobsAtOnce(),
                        settings.queue(),
                        longer),
                "ann");
        assertEquals(
                longer, house.projects.project("web").orElseThrow().settings().keep());

        assertEquals(Map.of(), run(RULES).items());
    }

    @Test
    void theBuildsOfARemovedProjectGo() throws Exception {
        long build = house.build(web).source("s").artifact("build", "a", "a").days(1);
        house.store.pin(build, new Pin("ann", Storehouse.NOW, Optional.empty()));
        house.projects.remove("web", "ann");
        Project again = house.project("web");
        long other = house.build(again).source("other").days(1);

        Report report = run(RULES);

        assertEquals(Set.of("blob other", "log " + other), house.files());
        assertEquals("project removed", report.removals().getFirst().rule());
        assertEquals(Set.of(other), there());
    }

    @Test
    void aRehearsalSaysWhatARunThenDoesAndChangesNothing() throws Exception {
        house.build(web)
                .source("same")
                .artifact("one", "a", "x")
                .artifact("two", "b", "x")
                .days(150);
        house.build(web)
                .source("same")
                .artifact("one", "a", "y")
                .artifact("two", "b", "z")
                .expireIn("one", Duration.ofHours(1))
                .days(5);
        house.build(web)
                .source("other")
                .artifact("one", "a", "z")
                .artifact("two", "b", "long text")
                .days(25);
        house.build(web).source("last").artifact("one", "a", "last").days(2);
        long take = 8 + house.logs.bytes(4);
        KeepRules rules = new KeepRules(10, 20, 30, 100, 0, false, take);
        Set<String> before = house.files();
        try (Retention retention = house.retention(rules, 0)) {
            Report rehearsed = retention.rehearse().orElseThrow();
            assertEquals(before, house.files());
            assertEquals(
                    rehearsed.removals(), retention.rehearse().orElseThrow().removals());

            Report done = retention.runNow().orElseThrow();

            assertEquals(rehearsed.items(), done.items());
            assertEquals(rehearsed.removals(), done.removals());
            assertEquals(rehearsed.bytes(), done.bytes());
            assertEquals(
                    done.bytes() - bytes(done, What.LOG) - logBytes(done),
                    done.blobs().bytes());
        }
        assertEquals(Set.of("blob last", "log 4"), house.files());
    }

    /** The logs of whole builds that are gone: all logs here are as long as that of build 4. */
    private long logBytes(Report report) throws IOException {
        return report.items().getOrDefault(What.BUILD, 0L) * house.logs.bytes(4);
    }

    @Test
    void aProjectThatTakesTooMuchLosesItsOldestUntilItDoesNot() throws Exception {
        for (int day = 9; day > 0; day--) {
            house.build(web)
                    .source("source " + day)
                    .artifact("build", "a", "artifact " + day)
                    .days(day);
        }
        long one = house.logs.bytes(1) + "source 1artifact 1".length();
        long pinned = 2;
        house.store.pin(pinned, new Pin("ann", Storehouse.NOW, Optional.empty()));
        house.build(house.project("other")).source("of another").days(9);

        Report report = run(new KeepRules(0, 0, 0, 0, 0, false, 4 * one + 5));

        assertEquals(Set.of(1L, 3L, 4L, 5L, 6L), builds(report));
        assertEquals(List.of(), report.over());
        assertEquals("bytes=" + (4 * one + 5), report.removals().getFirst().rule());
        assertEquals(10, there().size(), "the records stay");
        assertTrue(house.files()
                .containsAll(Set.of("blob source 8", "log 2", "blob source 3", "log 9", "blob of another")));
    }

    @Test
    void whatSeveralBuildsNameIsCountedOnce() throws Exception {
        String large = "x".repeat(100_000);
        for (int day = 9; day > 0; day--) {
            house.build(web).source(large).days(day);
        }

        assertEquals(Map.of(), run(new KeepRules(0, 0, 0, 0, 0, false, 150_000)).items());
    }

    @Test
    void allProjectsTogetherHaveAShareToo() throws Exception {
        Project other = house.project("other");
        long first = house.build(other).source("o".repeat(1000)).days(9);
        long second = house.build(web).source("w".repeat(1000)).days(8);
        long third = house.build(other).source("p".repeat(1000)).days(7);
        try (Retention retention =
                house.retention(new KeepRules(0, 0, 0, 0, 0, false, 0), 1000 + house.logs.bytes(1))) {
            Report report = retention.runNow().orElseThrow();
            assertEquals(Set.of(first, second), builds(report));
            assertTrue(report.removals().getFirst().rule().endsWith(" of all"));
            assertEquals(Set.of("blob " + "p".repeat(1000), "log " + third), house.files());
        }
    }

    @Test
    void whatIsAlwaysKeptIsKeptEvenWhenItIsTooMuch() throws Exception {
        long kept = house.build(web).ref("main").source("kept").days(9);

        Report report = run(new KeepRules(0, 0, 0, 0, 1, false, 1));

        assertEquals(List.of("web"), report.over());
        assertEquals(Set.of("blob kept", "log " + kept), house.files());
    }

    @Test
    void logFilesThatACrashLeftAreRemovedByTheNextRun() throws Exception {
        long build = house.build(web).days(40);
        assertTrue(house.store.remove(new Removal(build, "web", What.LOG, "", Storehouse.NOW, "logDays=30", 1, 0)));
        assertTrue(house.files().contains("log " + build));

        run(new KeepRules(0, 0, 0, 0, 0, false, 0));

        assertFalse(house.files().contains("log " + build));
        assertEquals(List.of(), house.column("SELECT build_id FROM logs_to_remove"));
    }

    @Test
    void whatIsNotTrustedTakesThePlaceOfNothingThatIs() throws Exception {
        KeepRules rules = new KeepRules(10, 20, 30, 100, 1, false, 0);
        long trusted = house.build(web).ref("main").trusted().days(500);
        long again = house.build(web).ref("refs/heads/main").days(400);
        long latest = house.build(web).ref("main").days(300);
        try (Retention retention = house.retention(rules, 0)) {
            assertEquals(Map.of(), retention.expires(house.builds.build(trusted).orElseThrow(), web));
        }

        Report report = run(rules);

        assertEquals(Set.of(again), builds(report));
        assertEquals(Set.of(trusted, latest), there());
    }

    @Test
    void artifactsTellUntilWhenTheyAreKept() throws Exception {
        KeepRules rules = new KeepRules(10, 20, 30, 100, 1, true, 0);
        long old = house.build(web)
                .ref("main")
                .artifact("a", "a", "a")
                .artifact("b", "b", "b")
                .expireIn("b", Duration.ofHours(1))
                .days(1);
        long latest =
                house.build(web).ref("refs/heads/main").artifact("a", "a", "a").days(1);
        long tag = house.build(web)
                .ref("refs/tags/v1")
                .state(BuildState.FAILED)
                .artifact("a", "a", "a")
                .days(1);
        Instant finished = Storehouse.NOW.minus(Duration.ofDays(1));
        try (Retention retention = house.retention(rules, 0)) {
            assertEquals(
                    Map.of("a", finished.plus(Duration.ofDays(10)), "b", finished.plus(Duration.ofHours(1))),
                    retention.expires(house.builds.build(old).orElseThrow(), web));
            assertEquals(Map.of(), retention.expires(house.builds.build(latest).orElseThrow(), web));
            assertEquals(Map.of(), retention.expires(house.builds.build(tag).orElseThrow(), web));
        }
    }

    @Test
    void itRunsAtItsTimeAndMakesUpForOneThatWasMissed() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Storehouse.NOW);
        RetentionSettings settings = new RetentionSettings(Optional.of(cron("17 3 * * *")), RULES, 0, Storehouse.QUICK);
        long build = house.build(web).days(100);
        try (Retention retention = house.retention(settings, now::get)) {
            now.set(Instant.parse("2026-11-21T03:16:59Z"));
            retention.wake();
            assertTrue(house.builds.build(build).isPresent());
            now.set(Instant.parse("2026-11-21T03:17:00Z"));
            retention.wake();
            awaitRemoval(build);
        }
        long other = house.build(web).days(100);
        now.set(Instant.parse("2026-11-23T14:00:00Z"));
        try (Retention retention = house.retention(settings, now::get)) {
            retention.wake();
            awaitRemoval(other);
        }
    }

    @Test
    void aClockThatWasWrongForAWhileStopsItNot() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Storehouse.NOW);
        RetentionSettings settings = new RetentionSettings(Optional.of(cron("17 3 * * *")), RULES, 0, Storehouse.QUICK);
        long build = house.build(web).days(100);
        try (Retention retention = house.retention(settings, now::get)) {
            now.set(Instant.parse("2031-05-05T05:05:00Z")); // by mistake
            retention.wake();
            awaitRemoval(build);
            long other = house.build(web).days(100);
            Instant time = Instant.parse("2026-11-21T03:00:00Z");
            while (house.builds.build(other).isPresent()) {
                assertTrue(time.isBefore(Instant.parse("2026-11-24T00:00:00Z")), "it did not run");
                now.set(time);
                retention.wake();
                time = time.plusSeconds(60);
                Thread.sleep(5);
            }
        }
    }

    @Test
    void aRunThatFailsIsToldAndTheNextOneRuns() throws Exception {
        long build = house.build(web).days(40);
        Path log = folder.resolve("logs").resolve(build + ".log");
        Files.delete(log);
        Files.createDirectories(log.resolve("in the way"));
        try (Retention retention = house.retention(RULES, 0)) {
            assertThrows(IOException.class, retention::runNow);
            Files.delete(log.resolve("in the way"));
            assertTrue(retention.runNow().isPresent());
        }
        assertFalse(Files.exists(log));
    }

    @Test
    void aBlobThatADiskHasLostIsTold() throws Exception {
        house.build(web).source("whole").days(1);
        Blob lost = house.builds
                .build(house.build(web).source("lost").days(1))
                .orElseThrow()
                .source()
                .blob();
        Blob cut = house.builds
                .build(house.build(web).source("cut").days(1))
                .orElseThrow()
                .source()
                .blob();
        Files.delete(house.blobs.file(lost.digest()).orElseThrow());
        Files.writeString(house.blobs.file(cut.digest()).orElseThrow(), "c");

        assertEquals(Set.of(lost, cut), new HashSet<>(run(RULES).missing()));
        try (Retention retention = house.retention(RULES, 0)) {
            assertEquals(2, retention.rehearse().orElseThrow().missing().size());
        }
    }

    @Test
    void eachRemovalIsAnEventOfItsProject() throws Exception {
        house.build(web).artifact("build", "a", "text").days(15);
        house.build(web).days(100);

        run(RULES);

        assertEquals(
                List.of(
                        "1 build {\"what\":\"artifacts\",\"rule\":\"artifactDays=10\",\"items\":1,\"bytes\":4}",
                        "2  {\"what\":\"build\",\"rule\":\"buildDays=100\",\"items\":1,\"bytes\":" + house.logs.bytes(1)
                                + "}"),
                house.column("SELECT build_id || ' ' || coalesce(job, '') || ' ' || facts FROM events JOIN event_groups"
                        + " ON event_groups.id = group_id WHERE kind = 'retention' AND project = 'web'"));
    }

    @Test
    void everyTableThatBelongsToBuildsIsClearedWithThem() {
        Set<String> known = new HashSet<>(RetentionStore.OF_BUILDS);
        List<String> referring = new ArrayList<>();
        for (String table : house.column("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
            if (house.column("SELECT \"table\" FROM pragma_foreign_key_list('" + table + "')")
                    .contains("builds")) {
                referring.add(table);
            }
        }
        assertEquals(known, new HashSet<>(referring));
    }

    private void awaitRemoval(long build) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (house.builds.build(build).isPresent()) {
            assertTrue(System.nanoTime() < end, "build " + build + " is still there");
            Thread.sleep(5);
        }
    }

    private Report run(KeepRules rules) throws Exception {
        try (Retention retention = house.retention(rules, 0)) {
            return retention.runNow().orElseThrow();
        }
    }

    private static Cron cron(String text) {
        return ((CronReading.Understood) Cron.read(text, "UTC")).cron();
    }

    private static Set<Long> builds(Report report) {
        Set<Long> builds = new HashSet<>();
        report.removals().forEach(removal -> builds.add(removal.build()));
        return builds;
    }

    private static long bytes(Report report, What what) {
        return report.removals().stream()
                .filter(removal -> removal.what() == what)
                .mapToLong(Removal::bytes)
                .sum();
    }

    private Set<Long> there() {
        Set<Long> there = new HashSet<>();
        house.column("SELECT id FROM builds").forEach(id -> there.add(Long.parseLong(id)));
        return there;
    }

    @Test
    void filesOfManifestsStayAsLongAsASourceNeedsThem() throws Exception {
        Digest shared = file(house, web, "shared");
        Digest old = file(house, web, "old");
        Digest idle = file(house, web, "idle");
        house.build(web).source(manifest(shared, old)).days(25);
        house.build(web).source(manifest(shared)).days(1);
        RetentionSettings settings = new RetentionSettings(Optional.empty(), RULES, 0, Storehouse.QUICK);

        try (Retention retention = house.retention(settings, () -> Storehouse.NOW)) {
            retention.runNow().orElseThrow();
        }
        assertEquals(Set.of(shared, old, idle), known(house, web, shared, old, idle), "they were sent not long ago");

        Instant later = Storehouse.NOW.plus(Duration.ofDays(2));
        try (Retention retention = house.retention(settings, () -> later)) {
            retention.runNow().orElseThrow();
        }
        assertEquals(Set.of(shared), known(house, web, shared, old, idle));
        assertTrue(house.blobs.read(shared).isPresent());
        assertTrue(house.blobs.read(old).isEmpty() && house.blobs.read(idle).isEmpty());
    }

    @Test
    void aManifestIsASourceOfItsProjectUntilItsBuildLosesIt() throws Exception {
        Digest content = file(house, web, "content");
        Digest young = sha256(manifest(content));
        Digest old = sha256(manifest(content, content));
        Digest kept = file(house, web, manifest(content, content, content));
        house.build(web).source(manifest(content, content)).days(25);
        house.build(web).source(manifest(content)).days(1);
        ProjectFiles files = house.projects.files(web);
        assertTrue(files.isSource(old, Optional.empty()) && files.isSource(young, Optional.empty()));
        assertFalse(files.isSource(kept, Optional.empty()), "no build has it");
        assertFalse(files.isSource(content, Optional.empty()), "no build is made of it alone");
        assertFalse(
                house.projects.files(house.project("other")).isSource(young, Optional.empty()),
                "nobody learns what others have");
        assertTrue(files.isSource(young, Optional.of("ann")));
        assertFalse(files.isSource(young, Optional.of("bob")), "it is ann who has submitted it");

        try (Retention retention = house.retention(
                new RetentionSettings(Optional.empty(), RULES, 0, Storehouse.QUICK), () -> Storehouse.NOW)) {
            retention.runNow().orElseThrow();
        }
        assertFalse(files.isSource(old, Optional.empty()));
        assertTrue(files.isSource(young, Optional.empty()));

        house.projects.remove("web", "ann");
        assertFalse(files.isSource(young, Optional.empty()));
    }

    private static Digest sha256(String text) throws Exception {
        return new Digest(HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Set<Digest> known(Storehouse house, Project project, Digest... digests) {
        return house.projects.files(project).known(List.of(digests)).keySet();
    }

    private static Digest file(Storehouse house, Project project, String text) throws Exception {
        try (BlobWriter writer = house.blobs.create()) {
            writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            Blob blob = writer.commit();
            house.projects.files(project).add(List.of(blob));
            return blob.digest();
        }
    }

    private static String manifest(Digest... files) {
        StringBuilder text = new StringBuilder("sallyport-manifest 1\n");
        for (Digest file : files) {
            text.append("100644\t0\t3\t")
                    .append(file.hex())
                    .append("\tf")
                    .append(text.length())
                    .append('\n');
        }
        return text.append('\n').toString();
    }
}
