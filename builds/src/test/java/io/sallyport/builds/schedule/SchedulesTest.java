package io.sallyport.builds.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesTest {
    private static final Optional<String> MAIN = Optional.of("main");
    private static final ScheduleRights ANYTHING = (schedule, project) -> new ScheduleRights.Answer.Allowed(false);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock("2026-11-20T12:00:00Z");
    private final AtomicReference<ScheduleRights> rights = new AtomicReference<>(ANYTHING);
    private Workshop workshop;
    private Schedules schedules;

    @BeforeEach
    void open() throws Exception {
        workshop = new Workshop(folder, clock);
        schedules = workshop.schedules((schedule, project) -> rights.get().submit(schedule, project));
    }

    @AfterEach
    void close() throws Exception {
        schedules.close();
        workshop.close();
    }

    @Test
    void aBuildIsMadeAtTheTimeAndNotBefore() throws Exception {
        Build base = workshop.submit(MAIN, "echo $CI_PIPELINE_SOURCE $LEVEL");
        put("nightly", "30 3 * * *", Map.of("LEVEL", "full"));
        assertEquals(Instant.parse("2026-11-21T03:30:00Z"), nightly().due().orElseThrow());

        pass("2026-11-21T03:29:59.999Z");
        assertEquals(List.of(), workshop.scheduled());
        Build build = due("2026-11-21T03:30:00Z");

        assertEquals("ann", build.submittedBy());
        assertEquals(Map.of("schedule", "nightly"), build.labels());
        assertEquals(
                Map.of("LEVEL", "full", "CI_PIPELINE_SOURCE", "schedule"),
                build.request().variables());
        assertEquals(MAIN, build.request().ref());
        assertEquals(base.request().commit(), build.request().commit());
        assertEquals(base.source(), build.source());
        assertEquals(BuildState.SUCCEEDED, workshop.engine.await(build).state());
        assertEquals(
                Optional.of(new Schedule.Made(build.id(), clock.instant())),
                nightly().last());
        assertEquals(
                List.of("2026-11-22T03:30:00Z", "2026-11-23T03:30:00Z"),
                nightly().next(2).stream().map(Instant::toString).toList());
    }

    @Test
    void eachTimeHasOneBuildHoweverOftenItIsLookedAt() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        Build first = due("2026-11-21T03:30:00Z");
        for (int look = 0; look < 20; look++) {
            schedules.wake();
        }
        pass("2026-11-21T20:00:00Z");

        Build second = due("2026-11-22T03:30:00Z");

        assertEquals(List.of(first.id(), second.id()), ids());
    }

    @Test
    void aBuildWhoseRecordOfHavingBeenMadeWasLostIsNotMadeTwice() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        Build build = due("2026-11-21T03:30:00Z");

        stop();
        workshop = new Workshop(folder, clock);
        workshop.update("UPDATE schedules SET due = "
                + Instant.parse("2026-11-21T03:30:00Z").toEpochMilli() + ", last_build = NULL, last_due = NULL");
        schedules = workshop.schedules(ANYTHING);
        Workshop.until("the record", () -> nightly().last().isPresent());

        assertEquals(build.id(), nightly().last().orElseThrow().build());
        assertEquals(List.of(build.id()), ids());
    }

    @Test
    void ofManyTimesThatWereMissedTheLatestIsMadeUpFor() throws Exception {
        workshop.submit(MAIN, "true");
        put("often", "*/10 * * * *", Map.of());
        stop();
        clock.set("2026-11-20T23:07:00Z");

        again();
        Workshop.until("the build", () -> ids().size() == 1);
        Workshop.until("its record", () -> schedule("often").last().isPresent());

        assertEquals(
                Instant.parse("2026-11-20T23:00:00Z"),
                schedule("often").last().orElseThrow().due());
        assertEquals(
                Optional.of(Instant.parse("2026-11-20T23:10:00Z")),
                schedule("often").due());
        assertEquals(1, ids().size());
    }

    @Test
    void nothingIsMadeUpForAfterADay() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * sat", Map.of());
        stop();
        clock.set("2026-11-22T03:30:01Z");

        again();
        Workshop.until("the note", () -> nightly().problem().isPresent());

        assertEquals(List.of(), ids());
        assertEquals(
                "the gateway was down for more than 24 hours after it was due at 2026-11-21T03:30:00Z",
                nightly().problem().orElseThrow().words());
        assertEquals(
                Optional.of(Instant.parse("2026-11-28T03:30:00Z")), nightly().due());
    }

    @Test
    void anOwnerWhoMayNoLongerPausesTheScheduleUntilSomebodyWritesIt() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        rights.set((schedule, project) -> new ScheduleRights.Answer.Denied(schedule.owner() + " is locked"));

        pass("2026-11-21T03:30:00Z");
        Workshop.until("the pause", () -> nightly().paused().isPresent());

        assertEquals(
                new Schedule.Note(clock.instant(), "ann is locked"),
                nightly().paused().orElseThrow());
        assertEquals(List.of(), nightly().next(5));
        rights.set(ANYTHING);
        pass("2026-11-22T03:30:00Z");
        assertEquals(List.of(), ids());
        put("nightly", "30 3 * * *", Map.of());
        assertEquals(Optional.empty(), nightly().paused());
        due("2026-11-23T03:30:00Z");
        assertEquals(1, ids().size());
    }

    @Test
    void whoIsGoneOwnsNoSchedulesEvenWhenSomebodyElseGetsTheName() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        schedules.put(workshop.web, "other", settings("30 3 * * *", Map.of()), "bob");

        schedules.ownerIsGone("ann");

        assertEquals(
                "ann is no identity any more", nightly().paused().orElseThrow().words());
        assertEquals(Optional.empty(), nightly().due());
        pass("2026-11-21T03:30:00Z");
        Workshop.until("the other", () -> schedule("other").last().isPresent());
        assertEquals(Optional.empty(), nightly().last());
    }

    @Test
    void whatCannotBeSaidNowIsAskedAgainAndTheTimeStaysDue() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        rights.set((schedule, project) -> new ScheduleRights.Answer.Unknown("the audit log cannot be written"));

        pass("2026-11-21T03:30:00Z");
        Workshop.until("the note", () -> nightly().problem().isPresent());

        assertEquals(
                "the audit log cannot be written",
                nightly().problem().orElseThrow().words());
        assertEquals(
                Optional.of(Instant.parse("2026-11-21T03:30:00Z")), nightly().due());
        rights.set(ANYTHING);
        due("2026-11-21T03:31:00Z");
        assertEquals(
                Instant.parse("2026-11-21T03:30:00Z"),
                nightly().last().orElseThrow().due());
        assertEquals(Optional.empty(), nightly().problem());
    }

    @Test
    void aFullQueueHoldsATimeUntilThereIsRoom() throws Exception {
        stop();
        workshop = new Workshop(folder, clock, 1);
        schedules = workshop.schedules(ANYTHING);
        Path gate = folder.resolve("gate");
        workshop.submit(MAIN, "true");
        Build running = workshop.begin(Optional.of("other"), "until test -e " + gate + "; do sleep 0.05; done");
        Workshop.until(
                "it to run",
                () -> workshop.engine.build(running.id()).orElseThrow().state() == BuildState.RUNNING);
        Build waiting = workshop.begin(Optional.of("other"), "true");
        put("nightly", "30 3 * * *", Map.of());

        pass("2026-11-21T03:30:00Z");
        Workshop.until("the note", () -> nightly().problem().isPresent());
        assertTrue(nightly().problem().orElseThrow().words().contains("QueueFull"), nightly()::toString);
        Files.createFile(gate);
        workshop.engine.await(waiting);

        due("2026-11-21T03:35:00Z");
        assertEquals(1, ids().size());
    }

    @Test
    void noBuildIsMadeWhileTheLastOneRuns() throws Exception {
        Path gate = folder.resolve("gate");
        workshop.begin(MAIN, "until test -e " + gate + "; do sleep 0.05; done");
        put("often", "0 * * * *", Map.of());
        pass("2026-11-20T13:00:00Z");
        Workshop.until("the build", () -> ids().size() == 1);
        Workshop.until("its record", () -> schedule("often").last().isPresent());

        pass("2026-11-20T14:00:00Z");
        Workshop.until("the note", () -> schedule("often").problem().isPresent());

        assertEquals(
                "build " + ids().getFirst() + " of the time before had not ended yet",
                schedule("often").problem().orElseThrow().words());
        assertEquals(1, ids().size());
        Files.createFile(gate);
        workshop.engine.await(workshop.scheduled().getFirst());
        pass("2026-11-20T15:00:00Z");
        Workshop.until("the next build", () -> ids().size() == 2);
    }

    @Test
    void thereMustBeSomethingToBuild() throws Exception {
        workshop.submit(Optional.of("other"), "true");
        put("nightly", "30 3 * * *", Map.of());

        pass("2026-11-21T03:30:00Z");
        Workshop.until("the note", () -> nightly().problem().isPresent());

        assertEquals(
                "there is nothing to build yet: no build of ref main has been submitted",
                nightly().problem().orElseThrow().words());
        assertEquals(
                Optional.of(Instant.parse("2026-11-22T03:30:00Z")), nightly().due());
    }

    @Test
    void theLatestThatSomebodySubmittedIsBuiltAndNotWhatWasRepeated() throws Exception {
        Build old = workshop.submit(Optional.of("refs/heads/main"), "echo old");
        Build latest = workshop.submit(MAIN, "'false'");
        workshop.submit(Optional.empty(), "echo none");
        workshop.submit(Optional.of("refs/tags/main"), "echo tag");
        workshop.engine.await(assertInstanceOf(
                        io.sallyport.builds.engine.Submitted.Accepted.class,
                        workshop.engine.retry(old, "bob", false, Optional.empty(), Optional.empty()))
                .build());
        put("nightly", "30 3 * * *", Map.of());
        put(
                "good",
                new ScheduleSettings(
                        CronTest.cron("40 3 * * *", "UTC"),
                        MAIN,
                        new TreeMap<>(),
                        Optional.empty(),
                        SourceOf.LATEST_SUCCESS,
                        true));

        assertEquals(latest.source(), due("2026-11-21T03:30:00Z").source());
        pass("2026-11-21T03:40:00Z");
        Workshop.until("the other build", () -> ids().size() == 2);
        assertEquals(old.source(), workshop.scheduled().getLast().source());
        Workshop.until("its record", () -> schedule("good").last().isPresent());
        assertEquals(latest.source(), due("2026-11-22T03:30:00Z").source());
    }

    @Test
    void aBuildIsTrustedWhenItsOwnerMayAndItsSourceWas() throws Exception {
        put("nightly", "30 3 * * *", Map.of());
        workshop.engine.await(workshop.begin(MAIN, "true", true));
        rights.set((schedule, project) -> new ScheduleRights.Answer.Allowed(true));
        assertTrue(due("2026-11-21T03:30:00Z").trusted());

        rights.set(ANYTHING);
        assertFalse(due("2026-11-22T03:30:00Z").trusted());

        rights.set((schedule, project) -> new ScheduleRights.Answer.Allowed(true));
        workshop.engine.await(workshop.begin(MAIN, "true", false));
        assertFalse(due("2026-11-23T03:30:00Z").trusted());
    }

    @Test
    void whoRepeatsItsSourceWithoutBeingTrustedTakesNothingFromIt() throws Exception {
        Build trusted = workshop.engine.await(workshop.begin(MAIN, "true", true));
        workshop.engine.await(assertInstanceOf(
                        io.sallyport.builds.engine.Submitted.Accepted.class,
                        workshop.engine.retry(trusted, "bob", false, Optional.empty(), Optional.empty()))
                .build());
        rights.set((schedule, project) -> new ScheduleRights.Answer.Allowed(true));
        put(
                "nightly",
                new ScheduleSettings(
                        CronTest.cron("30 3 * * *", "UTC"),
                        MAIN,
                        new TreeMap<>(),
                        Optional.empty(),
                        SourceOf.LATEST_SUCCESS,
                        true));

        assertTrue(due("2026-11-21T03:30:00Z").trusted());
    }

    @Test
    void whatBecomesOfAScheduleIsAnEvent() throws Exception {
        put("nightly", "30 3 * * *", Map.of());
        put("nightly", "30 3 * * *", Map.of());
        pass("2026-11-21T03:30:00Z");
        Workshop.until("the note", () -> nightly().problem().isPresent());
        workshop.submit(MAIN, "true");
        rights.set((schedule, project) -> new ScheduleRights.Answer.Denied("ann is locked"));
        pass("2026-11-22T03:30:00Z");
        Workshop.until("the pause", () -> nightly().paused().isPresent());
        schedules.remove(workshop.web, "nightly", "bob");

        assertEquals(
                List.of(
                        "schedule.created",
                        "schedule.changed",
                        "schedule.skipped",
                        "schedule.paused",
                        "schedule.removed"),
                workshop.column("SELECT type FROM events JOIN event_groups ON event_groups.id = group_id"
                        + " WHERE kind = 'schedule' ORDER BY events.id"));
    }

    @Test
    void aRemovedOrDisabledScheduleIsNeverDue() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        put(
                "off",
                new ScheduleSettings(
                        CronTest.cron("30 3 * * *", "UTC"),
                        MAIN,
                        new TreeMap<>(),
                        Optional.empty(),
                        SourceOf.LATEST,
                        false));
        assertEquals(List.of(), schedule("off").next(5));
        assertTrue(schedules.remove(workshop.web, "nightly", "ann"));
        assertFalse(schedules.remove(workshop.web, "nightly", "ann"));
        put("later", "31 3 * * *", Map.of());

        pass("2026-11-21T03:31:00Z");
        Workshop.until("the one that is left", () -> ids().size() == 1);
        assertEquals(
                Map.of("schedule", "later"), workshop.scheduled().getFirst().labels());
    }

    @Test
    void aProjectHasABoundedNumberOfThem() {
        put("a", "@daily", Map.of());
        put("b", "@daily", Map.of());
        put("c", "@daily", Map.of());
        put("a", "@hourly", Map.of());

        assertEquals(
                new ScheduleStore.Put.Full(3), schedules.put(workshop.web, "d", settings("@daily", Map.of()), "ann"));
    }

    @Test
    void schedulesOfARemovedProjectAreNeverDue() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        workshop.engine.projects().remove("web", "ann");

        assertEquals(List.of(), workshop.store.due(Instant.parse("2027-01-01T00:00:00Z"), 10));
        assertEquals(Optional.empty(), workshop.store.nextDue(clock.instant()));
        assertEquals(List.of(), workshop.store.bases());
    }

    @Test
    void aProjectMadeAnewIsNotBuiltByTheSchedulesOfTheOneBefore() throws Exception {
        workshop.submit(MAIN, "true");
        put("first", "30 3 * * *", Map.of());
        put("second", "30 3 * * *", Map.of());
        CountDownLatch done = new CountDownLatch(1);
        rights.set((schedule, project) -> {
            if (done.getCount() > 0) {
                workshop.engine.projects().remove("web", "ann");
                workshop.submitAnew(MAIN);
                done.countDown();
            }
            return new ScheduleRights.Answer.Allowed(false);
        });

        pass("2026-11-21T03:30:00Z");
        done.await();
        schedules.close();

        assertEquals(List.of(), ids());
    }

    @Test
    void whatHasBeenRemovedOrChangedWhileOthersHadTheirTurnIsNotBuilt() throws Exception {
        workshop.submit(MAIN, "true");
        put("first", "30 3 * * *", Map.of());
        put("removed", "30 3 * * *", Map.of());
        put("changed", "30 3 * * *", Map.of());
        CountDownLatch done = new CountDownLatch(1);
        List<String> asked = new CopyOnWriteArrayList<>();
        rights.set((schedule, project) -> {
            asked.add(schedule.name());
            workshop.store.remove(project, "removed", "ann");
            put("changed", "45 3 * * *", Map.of());
            done.countDown();
            return new ScheduleRights.Answer.Allowed(false);
        });

        pass("2026-11-21T03:30:00Z");
        done.await();
        Workshop.until("the build", () -> schedule("first").last().isPresent());
        schedules.close();

        assertEquals(List.of("first"), asked);
        assertEquals(1, ids().size());
        assertEquals(
                Optional.of(Instant.parse("2026-11-21T03:45:00Z")),
                schedule("changed").due());
    }

    @Test
    void aClockThatWasWrongForAWhileStopsNoSchedule() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        due("2031-05-05T05:05:00Z"); // by mistake

        pass("2026-11-20T12:01:00Z");
        Workshop.until(
                "a time that comes", () -> nightly().due().equals(Optional.of(Instant.parse("2026-11-21T03:30:00Z"))));
        Build build = due("2026-11-21T03:30:00Z");

        assertEquals(BuildState.SUCCEEDED, workshop.engine.await(build).state());
    }

    @Test
    void norDoesOneThatWasWrongUntilTheGatewayStarts() throws Exception {
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        pass("2031-05-05T05:05:00Z");
        Workshop.until("the next time", () -> nightly().due().orElseThrow().isAfter(clock.instant()));
        stop();
        clock.set("2026-11-20T12:01:00Z");

        again();

        Workshop.until(
                "a time that comes", () -> nightly().due().equals(Optional.of(Instant.parse("2026-11-21T03:30:00Z"))));
    }

    @Test
    void closingDoesNotWaitForTheNextTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        rights.set((schedule, project) -> {
            asked.countDown();
            new CountDownLatch(1).await(); // an answer that never comes
            return new ScheduleRights.Answer.Allowed(false);
        });
        workshop.submit(MAIN, "true");
        put("nightly", "30 3 * * *", Map.of());
        pass("2026-11-21T03:30:00Z");
        asked.await();

        schedules.close();

        assertEquals(Optional.of(clock.instant()), nightly().due());
    }

    private void put(String name, String cron, Map<String, String> variables) {
        put(name, settings(cron, variables));
    }

    private void put(String name, ScheduleSettings settings) {
        assertInstanceOf(ScheduleStore.Put.Stored.class, schedules.put(workshop.web, name, settings, "ann"));
    }

    private static ScheduleSettings settings(String cron, Map<String, String> variables) {
        return new ScheduleSettings(
                CronTest.cron(cron, "UTC"), MAIN, new TreeMap<>(variables), Optional.empty(), SourceOf.LATEST, true);
    }

    private void pass(String time) {
        clock.set(time);
        schedules.wake();
    }

    /** The build that the schedule nightly makes when it is that time, when it has ended. */
    private Build due(String time) throws Exception {
        Optional<Schedule.Made> before = nightly().last();
        pass(time);
        Workshop.until("a build at " + time, () -> !nightly().last().equals(before));
        Build build =
                workshop.engine.build(nightly().last().orElseThrow().build()).orElseThrow();
        return workshop.engine.await(build);
    }

    private void stop() throws Exception {
        schedules.close();
        workshop.close();
    }

    private void again() throws Exception {
        workshop = new Workshop(folder, clock);
        schedules = workshop.schedules((schedule, project) -> rights.get().submit(schedule, project));
    }

    private Schedule nightly() {
        return schedule("nightly");
    }

    private Schedule schedule(String name) {
        return workshop.schedule(name);
    }

    private List<Long> ids() {
        return workshop.scheduled().stream().map(Build::id).toList();
    }
}
