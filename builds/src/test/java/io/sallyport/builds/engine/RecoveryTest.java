package io.sallyport.builds.engine;

import static io.sallyport.builds.engine.EngineHouse.job;
import static io.sallyport.builds.engine.EngineHouse.states;
import static io.sallyport.builds.engine.EngineHouse.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Node;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.store.BuildStore.JobUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an engine does with what the one before it has left. A crash is what its records look like. */
@Timeout(120)
class RecoveryTest {
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
    void onlyUnfinishedJobsStartAnewAfterAGracefulEnd() throws Exception {
        Plan plan = Jobs.plan(
                "build/a test/b test/c deploy/d",
                Map.of("a", "printf x >> " + folder + "/a; echo kept > kept", "b", house.awaiting("go")));
        plan = Jobs.with(plan, "a", job -> job.keeping(ArtifactRules.of(List.of("kept"))));
        Build build = house.submit(plan, EngineHouse.request());
        until(
                "the middle",
                () -> house.state(build, "b").equals("running")
                        && house.state(build, "c").equals("succeeded"));

        house.restart();

        until("b again", () -> house.state(build, "b").equals("running"));
        house.give("go");
        Build ended = house.ended(build);
        assertEquals("a=succeeded b=succeeded c=succeeded d=succeeded", states(ended));
        assertEquals(1, job(ended, "a").course().attempt());
        assertEquals(2, job(ended, "b").course().attempt());
        assertEquals(0, job(ended, "b").course().restarts());
        assertEquals("kept", house.engine().files().visible(ended).getFirst().path());
        assertTrue(house.log(build).contains("starts anew when it is back"), house.log(build));
    }

    @Test
    void withinTheGraceTimeABuildComesToItsEnd() throws Exception {
        house.with(settings -> EngineHouse.shutdownGrace(settings, Duration.ofMinutes(1)))
                .restart();
        Build build = house.submit("build/a test/b deploy/c", Map.of("a", "sleep 0.2", "b", "sleep 0.2"));
        Build queued = house.submit("build/a", Map.of());
        until("the first", () -> house.state(build, "a").equals("running"));
        house.restart();
        assertEquals(1, job(house.now(build), "c").course().attempt());
        assertEquals(BuildState.SUCCEEDED, house.now(build).state());
        assertEquals(BuildState.SUCCEEDED, house.ended(queued).state());
    }

    @Test
    void aJobThatWasCutOffByACrashStartsAnewOnceAndIsErroredTheSecondTime() throws Exception {
        Build build = house.submit("build/a build/x test/b", Map.of("a", house.awaiting("never")));
        for (int crash = 1; crash <= 2; crash++) {
            until("a", () -> house.state(build, "a").equals("running"));
            until("x", () -> house.state(build, "x").equals("succeeded"));
            Job running = job(house.now(build), "a");
            house.close();
            house.open();
            Job queued = job(house.now(build), "a");
            // As if the end had not been recorded.
            house.builds()
                    .put(
                            build.id(),
                            List.of(new JobUpdate(
                                    0, queued.running("process", false, Instant.now()), Optional.empty())));
            assertEquals(
                    running.course().restarts(),
                    job(house.now(build), "a").course().restarts());
            house.start();
        }
        Build ended = house.ended(build);
        assertEquals("a=errored x=succeeded b=skipped", states(ended));
        assertEquals(BuildState.ERRORED, ended.state());
        assertTrue(ended.reason().orElseThrow().contains("job a: the gateway went down twice"), ended::toString);
        assertTrue(house.log(build).contains("the job starts anew"), house.log(build));
    }

    @Test
    void waitsGoOnAndKeepTheirTime() throws Exception {
        Build manual = house.submit("build/a test/b:manual", Map.of());
        Plan plan = Jobs.plan("build/late:delayed test/c", Map.of());
        plan = Jobs.with(
                plan,
                "late",
                job -> Jobs.with(
                        job,
                        new io.sallyport.builds.plan.Flow(
                                job.flow().needs(),
                                job.flow().dependencies(),
                                job.flow().when(),
                                Optional.of(Duration.ofSeconds(2)),
                                job.flow().allowFailure(),
                                job.flow().retry(),
                                false,
                                Optional.empty())));
        Build delayed = house.submit(plan, EngineHouse.request());
        until(
                "both to wait",
                () -> house.now(manual).reason().isPresent()
                        && house.now(delayed).reason().isPresent());
        Build before = house.now(manual);
        Instant due = job(house.now(delayed), "late").course().due().orElseThrow();

        house.restart();

        assertEquals(before, house.now(manual));
        assertEquals(Optional.of(due), job(house.now(delayed), "late").course().due());
        assertEquals("late=succeeded c=succeeded", states(house.ended(delayed)));
        assertTrue(!job(house.now(delayed), "late")
                .course()
                .started()
                .orElseThrow()
                .isBefore(due));
        house.engine().start(house.now(manual), "b", "bob");
        assertEquals("a=succeeded b=succeeded", states(house.ended(manual)));
    }

    @Test
    void whatWasToBeCanceledIsAndWhatWasQueuedIsRun() throws Exception {
        house.with(settings -> EngineHouse.atOnce(settings, 1)).restart();
        Build running = house.submit("build/a test/b", Map.of("a", house.awaiting("go")));
        Build canceled = house.submit("build/a", Map.of());
        Build queued = house.submit("build/a", Map.of());
        until("a", () -> house.state(running, "a").equals("running"));
        house.close();
        house.open();
        house.builds().markCanceled(running.id(), "bob", Optional.of("wrong branch"));
        house.builds().markCanceled(canceled.id(), "bob", Optional.empty());
        house.start();
        assertEquals("a=canceled b=canceled", states(house.ended(running)));
        assertEquals(Optional.of("wrong branch"), house.now(running).reason());
        assertEquals("a=canceled", states(house.ended(canceled)));
        assertEquals(Optional.empty(), house.now(canceled).started());
        assertEquals(BuildState.SUCCEEDED, house.ended(queued).state());
    }

    @Test
    void whatAnEarlierVersionHasRecordedWithoutAPlanComesToAnEnd() throws Exception {
        house.with(settings -> EngineHouse.atOnce(settings, 1)).restart();
        Build first = house.submit("build/a", Map.of("a", house.awaiting("go")));
        Build second = house.submit("build/a", Map.of());
        until("a", () -> house.state(first, "a").equals("running"));
        house.close();
        house.forgetPlans();
        house.open();
        house.start();
        for (Build build : List.of(first, second)) {
            Build ended = house.ended(build);
            assertEquals(BuildState.ERRORED, ended.state());
            assertTrue(ended.reason().orElseThrow().contains("retry it"), ended::toString);
        }
    }

    @Test
    void aJobWhosePlaceIsLostIsTriedAgainOnce() throws Exception {
        house.close();
        house = new EngineHouse(folder, 4, Losing::new);
        Build build = house.ended(house.submit("build/a test/b", Map.of()));
        assertEquals("a=errored b=skipped", states(build));
        assertEquals(2, job(build, "a").course().attempt());
        assertEquals(BuildState.ERRORED, build.state());
        assertEquals(Optional.of("job a: the node is gone"), build.reason());
    }

    @Test
    void aBuildWhoseEndCannotBeRecordedEndsWhenThereIsRoomAgain() throws Exception {
        house.with(new Patience(2, Duration.ofMillis(10), Duration.ofMillis(100)))
                .restart();
        Build build = house.submit("build/a test/b", Map.of("a", house.awaiting("go")));
        until("a", () -> house.state(build, "a").equals("running"));
        house.full();
        house.give("go");
        until("word of that", () -> house.log(build).contains("the end of build 1 cannot be recorded yet"));
        assertEquals(BuildState.RUNNING, house.now(build).state());

        house.roomAgain();

        Build ended = house.ended(build);
        assertEquals(BuildState.ERRORED, ended.state());
        assertEquals("a=succeeded b=canceled", states(ended));
        assertTrue(ended.reason().orElseThrow().contains("the gateway's storage failed"), ended::toString);
        assertEquals(
                BuildState.SUCCEEDED,
                house.ended(house.submit("build/a", Map.of())).state());
    }

    @Test
    void aDiskWithoutRoomHoldsUpNoStart() throws Exception {
        house.with(new Patience(Integer.MAX_VALUE, Duration.ofMillis(100), Duration.ofHours(1)));
        Build build = house.submit("build/a", Map.of("a", house.awaiting("go")));
        until("a", () -> house.state(build, "a").equals("running"));
        house.close();
        house.open();
        Job queued = job(house.now(build), "a");
        house.builds()
                .put(
                        build.id(),
                        List.of(new JobUpdate(0, queued.running("process", false, Instant.now()), Optional.empty())));
        house.full();

        house.start(); // or for ever
        house.roomAgain();

        house.give("go");
        assertEquals(BuildState.SUCCEEDED, house.ended(build).state());
    }

    /** Loses every job. */
    private record Losing(Executor executor) implements Executor {
        @Override
        public String name() {
            return executor.name();
        }

        @Override
        public Isolation isolation() {
            return executor.isolation();
        }

        @Override
        public boolean usesImages() {
            return executor.usesImages();
        }

        @Override
        public List<Node> nodes() throws IOException, InterruptedException {
            return executor.nodes();
        }

        @Override
        public Run prepare(JobOrder order) throws IOException, InterruptedException {
            Run run = executor.prepare(order);
            return new Run() {
                @Override
                public Optional<String> image() {
                    return run.image();
                }

                @Override
                public Optional<String> node() {
                    return run.node();
                }

                @Override
                public void unpack(InputStream tar) throws IOException, InterruptedException {
                    run.unpack(tar);
                }

                @Override
                public void start(Commands commands, JobOutput output) throws IOException {
                    run.start(commands, output);
                }

                @Override
                public Exit await() throws IOException, InterruptedException {
                    run.await();
                    return new Exit.Lost("the node is gone");
                }

                @Override
                public void stop(Duration grace) {
                    run.stop(grace);
                }

                @Override
                public Optional<Visit> enter(Entry entry, VisitOutput output) throws IOException, InterruptedException {
                    return run.enter(entry, output);
                }

                @Override
                public void collect(ArtifactRules rules, ArtifactSink sink) throws IOException, InterruptedException {
                    run.collect(rules, sink);
                }

                @Override
                public Packed pack(List<String> paths, boolean untracked, OutputStream tar)
                        throws IOException, InterruptedException {
                    return run.pack(paths, untracked, tar);
                }

                @Override
                public void close() {
                    run.close();
                }
            };
        }

        @Override
        public boolean outlives() {
            return executor.outlives();
        }

        @Override
        public void removeLeft(java.util.Set<String> runs) throws InterruptedException {
            executor.removeLeft(runs);
        }

        @Override
        public Optional<Run> recover(JobOrder order, Commands commands, JobOutput output)
                throws IOException, InterruptedException {
            return executor.recover(order, commands, output);
        }

        @Override
        public void close() {
            executor.close();
        }
    }
}
