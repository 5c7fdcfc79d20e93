package io.sallyport.builds.engine;

import static io.sallyport.builds.engine.EngineHouse.job;
import static io.sallyport.builds.engine.EngineHouse.request;
import static io.sallyport.builds.engine.EngineHouse.states;
import static io.sallyport.builds.engine.EngineHouse.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Keep;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Reports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What several builds mean to each other, and their end before its time. */
@Timeout(120)
class BuildsTest {
    private static final Optional<String> MAIN = Optional.of("main");

    @TempDir
    Path folder;

    private EngineHouse house;

    @BeforeEach
    void open() throws Exception {
        house = new EngineHouse(folder, 4);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aCancellationEndsAllJobsAndLeavesNoProcess() throws Exception {
        String stubborn = "trap '' TERM; " + house.giving("$0-begun") + "; while :; do sleep 0.0417; done";
        Build build = house.submit(
                "build/a build/b test/c:manual? deploy/d",
                Map.of("a", stubborn.replace("$0", "a"), "b", stubborn.replace("$0", "b")));
        until("both", () -> house.given("a-begun") && house.given("b-begun"));

        Cancellation canceled = house.engine().cancel(house.now(build), "bob", Optional.of("wrong branch"));

        assertInstanceOf(Cancellation.UnderWay.class, canceled);
        Build ended = house.ended(build);
        assertEquals("a=canceled b=canceled c=canceled d=canceled", states(ended));
        assertEquals(BuildState.CANCELED, ended.state());
        assertEquals(Optional.of("bob"), ended.canceledBy());
        assertEquals(Optional.of("wrong branch"), ended.reason());
        assertEquals(0, processes("0.0417"));
        assertInstanceOf(Cancellation.TooLate.class, house.engine().cancel(house.now(build), "bob", Optional.empty()));
        assertTrue(house.log(build).contains("is canceled by bob: wrong branch"), house.log(build));
    }

    @Test
    void aBuildThatWaitsForAPlaceOrSomebodyIsCanceledAtOnce() throws Exception {
        house.with(settings -> EngineHouse.atOnce(settings, 1)).restart();
        Build manual = house.submit("build/a:manual", Map.of());
        until("the wait", () -> house.now(manual).reason().isPresent());
        Build running = house.submit("build/a", Map.of("a", house.awaiting("go")));
        until("a", () -> house.state(running, "a").equals("running"));
        Build queued = house.submit("build/a", Map.of());
        for (Build waiting : List.of(manual, queued)) {
            assertInstanceOf(
                    Cancellation.Done.class, house.engine().cancel(house.now(waiting), "bob", Optional.empty()));
            assertEquals("a=canceled", states(house.now(waiting)));
        }
        assertEquals(Optional.empty(), house.now(queued).started());
        assertEquals(List.of(), house.engine().queue());
        house.give("go");
        assertEquals(BuildState.SUCCEEDED, house.ended(running).state());
    }

    /** What is at the place of its log cannot be written. */
    @Test
    void aBuildWhoseLogCannotBeOpenedIsErroredAndHoldsUpNobody() throws Exception {
        house.with(settings -> EngineHouse.atOnce(settings, 1)).restart();
        Build running = house.submit("build/a", Map.of("a", house.awaiting("go")));
        until("a", () -> house.state(running, "a").equals("running"));
        Build broken = house.submit("build/a test/b", Map.of());
        Build next = house.submit("build/a", Map.of());
        Path log = folder.resolve("logs").resolve(broken.id() + ".log");
        Files.delete(log);
        Files.createDirectory(log);

        house.give("go");

        assertEquals(BuildState.SUCCEEDED, house.ended(next).state());
        Build ended = house.ended(broken);
        assertEquals("a=canceled b=canceled", states(ended));
        assertEquals(BuildState.ERRORED, ended.state());
        assertTrue(ended.reason().orElseThrow().startsWith("its log cannot be written"), ended::toString);
    }

    @Test
    void retryOfWhatFailedTakesOverTheRest() throws Exception {
        Plan plan = Jobs.plan(
                "build/a test/b test/c deploy/d",
                Map.of(
                        "a", "printf x >> " + folder + "/count; echo VERSION=7 > v; cat " + folder + "/count > made",
                        "b", "[ -e " + folder + "/mended ]",
                        "d", "cat made; echo; echo version $VERSION"));
        plan = Jobs.with(
                plan,
                "a",
                job -> new JobSpec(
                        job.name(),
                        job.stage(),
                        job.work(),
                        job.flow(),
                        ArtifactRules.of(List.of("made")),
                        new Reports(List.of(), List.of("v")),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        Build first = house.ended(house.submit(plan, request()));
        assertEquals("a=succeeded b=failed c=succeeded d=skipped", states(first));
        house.give("mended");

        Build second = house.ended(EngineHouse.accepted(
                house.engine().retry(first, "bob", false, Optional.of("failed"), Optional.empty())));

        assertEquals("a=succeeded b=succeeded c=succeeded d=succeeded", states(second));
        assertEquals(
                Optional.of("taken over from build " + first.id()),
                job(second, "a").reason());
        assertEquals(
                job(first, "a").course().finished(), job(second, "a").course().finished());
        assertEquals(
                house.engine().files().visible(first).getFirst().blob(),
                house.engine().files().visible(second).getFirst().blob());
        assertTrue(house.log(second).contains("\nx\n"), house.log(second));
        assertTrue(house.log(second).contains("\nversion 7\n"), house.log(second));
        assertTrue(house.builds().evidence(second.id()).orElseThrow().manifest().contains("  made\n"));

        Build third = house.ended(
                EngineHouse.accepted(house.engine().retry(second, "bob", false, Optional.of("d"), Optional.empty())));
        assertEquals("a=succeeded b=succeeded c=succeeded d=succeeded", states(third));
        assertEquals(
                Optional.of("taken over from build " + first.id()),
                job(third, "a").reason());
        assertEquals(
                Optional.of("taken over from build " + second.id()),
                job(third, "b").reason());
        assertEquals(
                new Submitted.Refused(new Refusal.NothingFailed(third.id())),
                house.engine().retry(third, "bob", false, Optional.of("failed"), Optional.empty()));
    }

    @Test
    void aKeySupersedesOlderBuildsOfTheSameRefAndProjectOnly() throws Exception {
        Plan plan = Jobs.plan("build/a test/b", Map.of("a", house.awaiting("go")));
        Optional<String> key = Optional.of("deploy");
        Build old = house.submit(plan, request(MAIN, Optional.empty(), key));
        Build long1 = house.submit(plan, request(Optional.of("refs/heads/main"), Optional.empty(), key));
        Build otherRef = house.submit(plan, request(Optional.of("next"), Optional.empty(), key));
        Build otherKey = house.submit(plan, request(MAIN, Optional.empty(), Optional.of("nightly")));
        Build noKey = house.submit(plan, request(MAIN, Optional.empty(), Optional.empty()));
        Build otherProject =
                EngineHouse.accepted(house.submit("api", "ann", plan, request(MAIN, Optional.empty(), key)));
        Build newer = EngineHouse.accepted(house.submit("web", "bob", plan, request(MAIN, Optional.empty(), key)));

        assertEquals(Optional.of(long1.id()), house.ended(old).supersededBy());
        Build ended = house.ended(long1);
        assertEquals(BuildState.CANCELED, ended.state());
        assertEquals("a=canceled b=canceled", states(ended));
        assertEquals(Optional.of(newer.id()), ended.supersededBy());
        assertEquals(Optional.of("bob"), ended.canceledBy());
        assertEquals(Optional.of("superseded by build " + newer.id()), ended.reason());
        house.give("go");
        for (Build other : List.of(otherRef, otherKey, noKey, otherProject, newer)) {
            assertEquals(BuildState.SUCCEEDED, house.ended(other).state());
            assertEquals(Optional.empty(), house.now(other).supersededBy());
        }
    }

    @Test
    void whatTheSubmitterMayNotCancelIsNotSuperseded() throws Exception {
        Plan plan = Jobs.plan("build/a", Map.of("a", house.awaiting("go")));
        Build old = house.submit(plan, request(MAIN, Optional.empty(), Optional.of("k")));
        Submission submission = new Submission(
                house.project("web"),
                "key",
                false,
                request(MAIN, Optional.empty(), Optional.of("k")),
                older -> older.submittedBy().equals("key"));
        house.engine().submit(submission, EngineHouse.SOURCE, EngineHouse.SPEC, plan);
        house.give("go");
        assertEquals(BuildState.SUCCEEDED, house.ended(old).state());
    }

    @Test
    void aPlanThatLetsItselfBeInterruptedIsSupersededByANewCommitUnlessSomethingElseHasBegun() throws Exception {
        Plan gentle = interruptible(Jobs.plan("build/a test/b", Map.of("a", house.awaiting("go"))), "a");
        Build first = house.submit(gentle, request(MAIN, Optional.of("c1"), Optional.empty()));
        Build sameCommit = house.submit(gentle, request(MAIN, Optional.of("c1"), Optional.empty()));
        assertEquals(Optional.empty(), house.now(first).supersededBy());
        Build newer = house.submit(gentle, request(MAIN, Optional.of("c2"), Optional.empty()));
        assertEquals(BuildState.CANCELED, house.ended(first).state());
        assertEquals(BuildState.CANCELED, house.ended(sameCommit).state());
        house.give("go");
        assertEquals(BuildState.SUCCEEDED, house.ended(newer).state());

        Plan begun = interruptible(Jobs.plan("build/a test/b", Map.of("b", house.awaiting("on"))), "a");
        Build inTheMiddle = house.submit(begun, request(MAIN, Optional.of("c3"), Optional.empty()));
        until("b", () -> house.state(inTheMiddle, "b").equals("running"));
        house.submit(begun, request(MAIN, Optional.of("c4"), Optional.empty()));
        house.give("on");
        assertEquals(BuildState.SUCCEEDED, house.ended(inTheMiddle).state());
    }

    @Test
    void onlyTheJobsThatMayBeInterruptedEndWhereThePlanSaysSo() throws Exception {
        Plan usual = interruptible(
                Jobs.plan("build/a build/b test/c", Map.of("a", house.awaiting("never"), "b", house.awaiting("go"))),
                "a");
        Plan plan = new Plan(
                usual.name(), usual.stages(), usual.jobs(), List.of(), List.of(), Plan.AutoCancel.INTERRUPTIBLE);
        Build old = house.submit(plan, request(MAIN, Optional.empty(), Optional.empty()));
        until(
                "both",
                () -> house.state(old, "a").equals("running")
                        && house.state(old, "b").equals("running"));
        Build newer = house.submit(plan, request(MAIN, Optional.empty(), Optional.empty()));
        until("a's end", () -> house.state(old, "a").equals("canceled"));
        assertEquals("running", house.state(old, "b"));
        house.give("go");
        Build ended = house.ended(old);
        assertEquals("a=canceled b=succeeded c=skipped", states(ended));
        assertEquals(BuildState.CANCELED, ended.state());
        assertEquals(Optional.of(newer.id()), ended.supersededBy());
        assertEquals(Optional.of("ann"), ended.canceledBy());
        house.engine().cancel(newer, "ann", Optional.empty());
    }

    @Test
    void whereThePlanForbidsItNothingIsSuperseded() throws Exception {
        Plan usual = interruptible(Jobs.plan("build/a", Map.of("a", house.awaiting("go"))), "a");
        Plan plan = new Plan(usual.name(), usual.stages(), usual.jobs(), List.of(), List.of(), Plan.AutoCancel.NONE);
        Build old = house.submit(plan, request(MAIN, Optional.empty(), Optional.empty()));
        house.submit(plan, request(MAIN, Optional.empty(), Optional.empty()));
        house.give("go");
        assertEquals(BuildState.SUCCEEDED, house.ended(old).state());
    }

    @Test
    void oneJobOfAResourceGroupRunsAtATimeAndTheOthersSayWhoHoldsIt() throws Exception {
        String alone = "mkdir " + folder + "/lock && " + house.awaiting("go") + " && rmdir " + folder + "/lock";
        Plan plan = group(Jobs.plan("build/a deploy/b", Map.of("b", alone)), "b");
        List<Build> builds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            builds.add(house.submit(plan, request()));
        }
        until(
                "two to wait",
                () -> house.engine().queue().stream()
                                .filter(entry -> entry.why() instanceof QueueEntry.GroupTaken)
                                .count()
                        == 2);
        QueueEntry.GroupTaken why = assertInstanceOf(
                QueueEntry.GroupTaken.class, house.engine().queue().getFirst().why());
        assertEquals("production", why.group());
        assertEquals(
                "running",
                house.state(
                        builds.stream()
                                .filter(b -> b.id() == why.holder().build())
                                .findFirst()
                                .orElseThrow(),
                        "b"));
        house.give("go");
        for (Build build : builds) {
            assertEquals("a=succeeded b=succeeded", states(house.ended(build)));
        }
    }

    @Test
    void aBuildBeginsWithWhicheverOfItsFirstJobsCan() throws Exception {
        Plan holder = group(Jobs.plan("build/b", Map.of("b", house.awaiting("go"))), "b");
        Build first = house.submit(holder, request());
        until("the holder", () -> house.state(first, "b").equals("running"));
        Plan plan = group(Jobs.plan("build/b build/c", Map.of()), "b");
        Build second = house.submit(plan, request());
        until("c", () -> house.state(second, "c").equals("succeeded"));
        assertEquals("queued", house.state(second, "b"));
        house.give("go");
        assertEquals("b=succeeded c=succeeded", states(house.ended(second)));
    }

    @Test
    void aProjectsLimitsHold() throws Exception {
        ProjectSettings small = new ProjectSettings(
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                "main",
                List.of(),
                1,
                OptionalLong.of(1),
                OptionalLong.of(2),
                Keep.USUAL);
        house.engine().projects().put("web", small, "root");
        Plan plan = Jobs.plan("build/a build/b", Map.of("a", house.awaiting("go")));
        Build first = house.submit(plan, request());
        until("the first", () -> house.state(first, "a").equals("running"));
        house.submit(plan, request());
        house.submit(plan, request());
        assertEquals(
                new Submitted.Refused(new Refusal.QueueFull(2, Refusal.QueueFull.Of.PROJECT)),
                house.submit("web", "ann", plan, request()));
        assertEquals(
                new QueueEntry.ProjectFull(1), house.engine().queue().getFirst().why());
        Build other = EngineHouse.accepted(house.submit("api", "ann", plan, request()));
        until("the other project", () -> house.state(other, "b").equals("succeeded"));
        assertEquals("queued", house.state(first, "b"));

        house.engine().projects().put("web", ProjectSettings.DEFAULTS, "root");

        until("more places", () -> house.state(first, "b").equals("succeeded"));
        house.give("go");
        house.ended(first);
    }

    @Test
    void anIdentitysLimitsHold() throws Exception {
        house.with(settings -> EngineHouse.perIdentity(settings, 1, 2)).restart();
        Plan plan = Jobs.plan("build/a", Map.of("a", house.awaiting("go")));
        Build first = house.submit(plan, request());
        until("the first", () -> house.state(first, "a").equals("running"));
        house.submit(plan, request());
        EngineHouse.accepted(house.submit("api", "ann", plan, request()));
        assertEquals(
                new Submitted.Refused(new Refusal.QueueFull(2, Refusal.QueueFull.Of.IDENTITY)),
                house.submit("api", "ann", plan, request()));
        assertEquals(
                new QueueEntry.IdentityFull("ann", 1),
                house.engine().queue().getFirst().why());
        Build other = EngineHouse.accepted(house.submit("web", "bob", plan, request()));
        until("bob's", () -> house.state(other, "a").equals("running"));
        house.give("go");
        house.ended(first);
    }

    @Test
    void threeProjectsOneWithHundredsOfBuildsShareThePlaces() throws Exception {
        house.with(settings -> EngineHouse.perIdentity(settings, Integer.MAX_VALUE, 2000))
                .restart();
        Plan plan = Jobs.plan("build/a", Map.of("a", "sleep 0.05"));
        for (int i = 0; i < 300; i++) {
            house.submit(plan, request());
        }
        for (String project : List.of("modest", "shy")) {
            Build build = house.ended(EngineHouse.accepted(house.submit(project, project, plan, request())));
            long first = house
                    .builds()
                    .list(new BuildQuery(
                            List.of("web"), Optional.empty(), Optional.empty(), Map.of(), OptionalLong.empty(), 1000))
                    .stream()
                    .flatMap(other -> other.started().stream())
                    .filter(started -> started.isAfter(build.created())
                            && started.isBefore(build.started().orElseThrow()))
                    .count();
            assertTrue(first <= 4, () -> first + " builds of the greedy project came first");
        }
        assertTrue(house.builds().unfinished().size() > 30);
    }

    private static Plan interruptible(Plan plan, String name) {
        return Jobs.with(plan, name, job -> Jobs.with(job, flow(job.flow(), true, Optional.empty())));
    }

    private static Plan group(Plan plan, String name) {
        return Jobs.with(plan, name, job -> Jobs.with(job, flow(job.flow(), false, Optional.of("production"))));
    }

    private static Flow flow(Flow usual, boolean interruptible, Optional<String> group) {
        return new Flow(
                usual.needs(),
                usual.dependencies(),
                usual.when(),
                usual.delay(),
                usual.allowFailure(),
                usual.retry(),
                interruptible,
                group);
    }

    private static long processes(String argument) throws Exception {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> {
                        try {
                            return Files.readString(process.resolve("cmdline")).contains(argument);
                        } catch (java.io.IOException e) {
                            return false; // it has just ended
                        }
                    })
                    .count();
        }
    }
}
