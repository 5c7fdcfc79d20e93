package io.sallyport.builds.engine;

import static io.sallyport.builds.engine.EngineHouse.job;
import static io.sallyport.builds.engine.EngineHouse.states;
import static io.sallyport.builds.engine.EngineHouse.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the jobs of one build follow each other, with real processes. */
@Timeout(120)
class JobsOfABuildTest {
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
    void aDiamondRunsItsSidesAtTheSameTimeAndItsEndsAlone() throws Exception {
        Build build = house.ended(house.submit(
                "build/top test/left<top test/right<top deploy/bottom<left+right",
                Map.of(
                        "top", house.giving("top"),
                        "left", "[ -e " + folder + "/top ] && " + house.giving("left") + "; " + house.awaiting("right"),
                        "right", house.giving("right") + "; " + house.awaiting("left"),
                        "bottom", "[ -e " + folder + "/left ] && [ -e " + folder + "/right ]")));
        assertEquals("top=succeeded left=succeeded right=succeeded bottom=succeeded", states(build));
        assertEquals(BuildState.SUCCEEDED, build.state());
        assertTrue(!after(job(build, "left"), job(build, "top")).isNegative());
        assertTrue(!after(job(build, "bottom"), job(build, "right")).isNegative());
        String log = house.log(build);
        assertTrue(log.contains("job bottom succeeded"), log);
        assertTrue(log.endsWith("build " + build.id() + " succeeded\n"), log);
    }

    @Test
    void noMoreJobsRunAtATimeThanThereArePlaces() throws Exception {
        house.with(settings -> EngineHouse.atOnce(settings, 1)).restart();
        String alone = "mkdir " + folder + "/lock && sleep 0.02 && rmdir " + folder + "/lock";
        Build build =
                house.ended(house.submit("t/a t/b t/c t/d", Map.of("a", alone, "b", alone, "c", alone, "d", alone)));
        assertEquals("a=succeeded b=succeeded c=succeeded d=succeeded", states(build));
    }

    @Test
    void aFailureSkipsWhatNeedsItAndFailsTheBuildByItsName() throws Exception {
        Build build = house.ended(house.submit(
                "build/a build/b test/c test/d<b clean/e:always report/f:on_failure", Map.of("a", "exit 7")));
        assertEquals("a=failed b=succeeded c=skipped d=succeeded e=succeeded f=succeeded", states(build));
        assertEquals(BuildState.FAILED, build.state());
        assertEquals(Optional.of("job a: the script ended with 7"), build.reason());
        assertEquals(OptionalInt.of(7), job(build, "a").course().exitCode());
        assertEquals(Optional.of("a failed"), job(build, "c").reason());
        assertTrue(house.log(build).contains("job c skipped: a failed\n"), house.log(build));
        assertTrue(house.builds().evidence(build.id()).orElseThrow().manifest().contains("state: failed"));
    }

    @Test
    void aFailureThatIsAllowedFailsNothing() throws Exception {
        Plan plan = Jobs.plan("build/a? build/b test/c", Map.of("a", "exit 1", "b", "exit 42"));
        plan = Jobs.with(
                plan,
                "b",
                job -> Jobs.with(job, flow(job, new Flow.AllowFailure(false, Set.of(42)), Flow.Retry.NEVER)));
        Build build = house.ended(house.submit(plan, EngineHouse.request()));
        assertEquals("a=failed b=failed c=succeeded", states(build));
        assertEquals(BuildState.SUCCEEDED, build.state());
        assertTrue(job(build, "b").terms().allowFailure());
    }

    @Test
    void anotherExitCodeIsNotAllowed() throws Exception {
        Plan plan = Jobs.with(
                Jobs.plan("build/a", Map.of("a", "exit 43")),
                "a",
                job -> Jobs.with(job, flow(job, new Flow.AllowFailure(false, Set.of(42)), Flow.Retry.NEVER)));
        assertEquals(
                BuildState.FAILED,
                house.ended(house.submit(plan, EngineHouse.request())).state());
    }

    @Test
    void aManualJobWaitsWithoutAPlaceUntilSomebodyStartsIt() throws Exception {
        Build build = house.submit("build/a deploy/b:manual check/c", Map.of());
        until("the wait", () -> house.now(build).reason().isPresent());
        Build waiting = house.now(build);
        assertEquals(BuildState.RUNNING, waiting.state());
        assertEquals("a=succeeded b=manual c=queued", states(waiting));
        String command = "ssh HOST start " + build.id() + " b";
        assertTrue(
                waiting.reason().orElseThrow().endsWith(": " + command),
                waiting.reason().toString());
        assertTrue(house.log(build).contains(command), house.log(build));
        List<QueueEntry> queue = house.engine().queue();
        assertEquals(
                List.of("b", "c"),
                queue.stream().map(entry -> entry.job().orElseThrow()).toList());
        assertEquals(QueueEntry.Somebody.class, queue.getFirst().why().getClass());
        assertEquals(new QueueEntry.Jobs(List.of("b")), queue.getLast().why());

        assertEquals(
                Starting.NotWaiting.class,
                house.engine().start(waiting, "c", "bob").getClass());
        assertEquals(
                Starting.NoSuchJob.class,
                house.engine().start(waiting, "x", "bob").getClass());
        assertEquals(
                Starting.Done.class, house.engine().start(waiting, "b", "bob").getClass());

        Build ended = house.ended(build);
        assertEquals("a=succeeded b=succeeded c=succeeded", states(ended));
        assertEquals(Optional.empty(), ended.reason());
        assertEquals(Optional.of("bob"), job(ended, "b").course().startedBy());
        assertEquals(
                Starting.TooLate.class, house.engine().start(ended, "b", "bob").getClass());
        assertEquals(List.of(), house.engine().queue());
    }

    @Test
    void aManualJobThatMayFailHoldsNothingUp() throws Exception {
        Build build = house.ended(house.submit("build/a deploy/b:manual? smoke/c<b check/d", Map.of()));
        assertEquals("a=succeeded b=skipped c=skipped d=succeeded", states(build));
        assertEquals(BuildState.SUCCEEDED, build.state());
        assertEquals(
                Optional.of("nobody started it: ssh HOST retry " + build.id() + " jobs=b"),
                job(build, "b").reason());
    }

    @Test
    void aWaitForSomebodyHasAnEnd() throws Exception {
        house.with(settings -> EngineHouse.manualWait(settings, Duration.ofMillis(300)))
                .restart();
        Build build = house.ended(house.submit("build/a:manual test/b", Map.of()));
        assertEquals("a=canceled b=canceled", states(build));
        assertEquals(BuildState.CANCELED, build.state());
        assertEquals(Optional.of("nobody started a within 0.3 s"), build.reason());
        assertEquals(Optional.empty(), build.canceledBy());
    }

    @Test
    void aDelayedJobStartsWhenItsTimeHasComeOrSomebodyStartsIt() throws Exception {
        Plan plan = Jobs.plan("build/soon:delayed build/late:delayed test/c", Map.of());
        plan = Jobs.with(plan, "soon", job -> delayed(job, Duration.ofMillis(300)));
        plan = Jobs.with(plan, "late", job -> delayed(job, Duration.ofDays(1)));
        Build build = house.submit(plan, EngineHouse.request());
        until("the first", () -> house.state(build, "soon").equals("succeeded"));
        Job soon = job(house.now(build), "soon");
        assertTrue(!soon.course()
                .started()
                .orElseThrow()
                .isBefore(soon.course().due().orElseThrow()));
        until("the wait", () -> house.now(build).reason().orElse("").contains("late, which starts at"));
        assertEquals("delayed", house.state(build, "late"));

        house.engine().start(house.now(build), "late", "bob");

        assertEquals("soon=succeeded late=succeeded c=succeeded", states(house.ended(build)));
    }

    @Test
    void aJobIsTriedAgainAsItsPlanSaysAndEachAttemptIsTold() throws Exception {
        String third = "n=$(cat " + folder + "/n 2>/dev/null | wc -c); printf x >> " + folder + "/n; exit $((2 - n))";
        Plan plan = Jobs.with(
                Jobs.plan("build/a test/b", Map.of("a", third)),
                "a",
                job -> Jobs.with(job, flow(job, Flow.AllowFailure.NEVER, new Flow.Retry(2, Set.of(), Set.of()))));
        Build build = house.ended(house.submit(plan, EngineHouse.request()));
        assertEquals("a=succeeded b=succeeded", states(build));
        assertEquals(3, job(build, "a").course().attempt());
        String log = house.log(build);
        for (String line : List.of(
                "job a on process", "job a is tried again", "job a, attempt 2 on process", "job a, attempt 3 on")) {
            assertTrue(log.contains(line), log);
        }
    }

    @Test
    void aJobIsNotTriedAgainForAnotherCause() throws Exception {
        Plan plan = Jobs.with(
                Jobs.plan("build/a", Map.of("a", "exit 3")),
                "a",
                job -> Jobs.with(
                        job,
                        flow(
                                job,
                                Flow.AllowFailure.NEVER,
                                new Flow.Retry(2, Set.of(Flow.RetryCause.SYSTEM), Set.of(4)))));
        assertEquals(
                1,
                job(house.ended(house.submit(plan, EngineHouse.request())), "a")
                        .course()
                        .attempt());
    }

    @Test
    void artifactsAreKeptAsTheirRuleSaysAndShareTheBuildsLimit() throws Exception {
        Plan plan = Jobs.plan(
                "build/good build/bad? build/silent? test/big?",
                Map.of(
                        "good", "echo 1 > same; echo 1 > good",
                        "bad", "echo 2 > same; exit 1",
                        "silent", "echo 3 > same; exit 1",
                        "big", "head -c 2000000 /dev/zero > same"));
        plan = Jobs.with(plan, "good", job -> keeping(job, KeepWhen.ON_SUCCESS));
        plan = Jobs.with(plan, "bad", job -> keeping(job, KeepWhen.ON_FAILURE));
        plan = Jobs.with(plan, "silent", job -> keeping(job, KeepWhen.ON_SUCCESS));
        plan = Jobs.with(plan, "big", job -> keeping(job, KeepWhen.ALWAYS));
        Build build = house.ended(house.submit(plan, EngineHouse.request()));
        assertEquals("good=succeeded bad=failed silent=failed big=failed", states(build));
        assertEquals(
                List.of("good good", "same bad", "same good"),
                house.engine().files().all(build).stream()
                        .map(each -> each.path() + " " + each.job())
                        .toList());
        assertEquals(
                List.of("good good", "same bad"),
                house.engine().files().visible(build).stream()
                        .map(each -> each.path() + " " + each.job())
                        .toList());
        assertTrue(job(build, "big").reason().orElseThrow().contains("larger than 1048576 bytes"));
    }

    @Test
    void aJobThatRunsTooLongTimesItsBuildOutAndOthersGoOn() throws Exception {
        Plan plan = Jobs.plan("build/slow build/other test/c", Map.of("slow", "sleep 60"));
        plan = Jobs.with(
                plan,
                "slow",
                job -> new JobSpec(
                        job.name(),
                        job.stage(),
                        io.sallyport.builds.plan.Work.of(List.of("sleep 60"), Duration.ofMillis(300)),
                        job.flow(),
                        job.artifacts(),
                        job.reports(),
                        job.caches(),
                        job.environment(),
                        job.coverage()));
        Build build = house.ended(house.submit(plan, EngineHouse.request()));
        assertEquals("slow=timedout other=succeeded c=skipped", states(build));
        assertEquals(BuildState.TIMEDOUT, build.state());
        assertTrue(build.reason().orElseThrow().startsWith("job slow: it ran longer than"));
    }

    @Test
    void aNumberThatIsHiddenInTheLogIsNoCoverage() throws Exception {
        house.secret("web", "NUMBER", "90.1234567");
        house.secret("web", "WORD", "5ecretWord");
        Plan plan = Jobs.plan(
                "build/a build/b",
                Map.of(
                        "a",
                        "echo \"covers $NUMBER\"",
                        "b",
                        "printf 'covers 81.5'")); // which may be the word's beginning
        for (String name : List.of("a", "b")) {
            plan = Jobs.with(plan, name, JobsOfABuildTest::covering);
        }

        Build build = house.ended(house.submit(plan, EngineHouse.request()));

        assertEquals("a=succeeded b=succeeded", states(build));
        assertEquals(OptionalDouble.empty(), job(build, "a").findings().coverage());
        assertEquals(OptionalDouble.of(81.5), job(build, "b").findings().coverage());
        assertTrue(house.log(build).contains("covers [masked]\n"), house.log(build));
    }

    private static JobSpec covering(JobSpec job) {
        return new JobSpec(
                job.name(),
                job.stage(),
                job.work(),
                job.flow(),
                job.artifacts(),
                job.reports(),
                job.caches(),
                job.environment(),
                Optional.of("covers (.*)"));
    }

    @Test
    void jobsThatWaitForEachOtherEndTheirBuild() throws Exception {
        Build build = house.ended(house.submit("build/a test/b<c test/c<b", Map.of()));
        assertEquals(BuildState.ERRORED, build.state());
        assertTrue(
                build.reason().orElseThrow().contains("wait for each other"),
                build.reason().toString());
    }

    private static Duration after(Job later, Job earlier) {
        return Duration.between(
                earlier.course().finished().orElseThrow(),
                later.course().started().orElseThrow());
    }

    private static Flow flow(JobSpec job, Flow.AllowFailure allowed, Flow.Retry retry) {
        Flow usual = job.flow();
        return new Flow(
                usual.needs(),
                usual.dependencies(),
                usual.when(),
                usual.delay(),
                allowed,
                retry,
                usual.interruptible(),
                usual.resourceGroup());
    }

    private static JobSpec delayed(JobSpec job, Duration time) {
        Flow usual = job.flow();
        return Jobs.with(
                job,
                new Flow(
                        usual.needs(),
                        usual.dependencies(),
                        usual.when(),
                        Optional.of(time),
                        usual.allowFailure(),
                        usual.retry(),
                        usual.interruptible(),
                        usual.resourceGroup()));
    }

    private static JobSpec keeping(JobSpec job, KeepWhen when) {
        return job.keeping(
                new ArtifactRules(List.of("same", "good"), List.of(), false, when, Optional.empty(), Optional.empty()));
    }
}
