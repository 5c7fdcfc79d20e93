package io.sallyport.builds.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.JobState;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.RecordedVisit;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.visit.Aim;
import io.sallyport.builds.visit.Entering;
import io.sallyport.builds.visit.Pass;
import io.sallyport.builds.visit.VisitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may be in which job, and failed jobs that are kept for that. */
@Timeout(120)
class VisitsTest {
    private static final Aim SHELL = new Aim.Shell();
    private static final String UNTIL_TOLD = "until test -e end; do sleep 0.05; done";

    @TempDir
    Path folder;

    private EngineHouse house;

    @BeforeEach
    void open() throws Exception {
        house = new EngineHouse(folder, 2);
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private EngineHouse limited(VisitSettings visits) throws Exception {
        return house.with(usual -> EngineHouse.visits(usual, visits)).restart();
    }

    private static VisitSettings settings(int shells, int perIdentity, int perJob, int kept, Duration longest) {
        return new VisitSettings(shells, perIdentity, perJob, 1, Duration.ofMinutes(10), longest, kept);
    }

    private static BuildRequest keeping(Duration span) {
        return new BuildRequest(
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(span));
    }

    private Build failing(Duration span) throws Exception {
        return house.ended(house.submit(Jobs.plan("t/a", Map.of("a", "echo made > left; exit 7")), keeping(span)));
    }

    private Pass admitted(Build build, String job, String by) {
        return assertInstanceOf(Entering.Admitted.class, house.engine().enter(build, job, by, SHELL))
                .pass();
    }

    /** Runs commands in a job. */
    private String typed(Pass pass, String commands) throws Exception {
        RecordedVisit seen = new RecordedVisit();
        Visit visit =
                pass.enter(new Entry.Shell(Optional.empty(), Map.of()), seen).orElseThrow();
        byte[] bytes = (commands + "\n").getBytes(UTF_8);
        visit.give(bytes, 0, bytes.length);
        visit.endInput();
        visit.await();
        return seen.out();
    }

    /** Waits until its job can be entered. */
    private void awaitRunning(Build build) throws Exception {
        EngineHouse.until("a job that runs", () -> {
            Entering probe = house.engine().enter(house.now(build), "a", "probe", SHELL);
            if (probe instanceof Entering.Admitted admitted) {
                admitted.pass().close();
                return true;
            }
            return false;
        });
    }

    @Test
    void whoIsInARunningJobIsOnRecord() throws Exception {
        Build build = house.submit("t/a", Map.of("a", UNTIL_TOLD));
        awaitRunning(build);
        try (Pass pass = admitted(house.now(build), "a", "bob")) {
            assertEquals(Optional.empty(), pass.keptUntil());
            assertEquals("in\n", typed(pass, "echo in; touch end"));
        }
        Build ended = house.ended(build);

        assertEquals(Map.of("a", Set.of("bob")), house.engine().visitors(ended));
        assertTrue(house.log(ended).contains("NOTICE: a shell is opened by bob\n"), house.log(ended));
        assertTrue(house.statement(ended).contains("\"debuggedBy\":[\"bob\"]"), house.statement(ended));
    }

    @Test
    void theLogSaysThatAJobIsNotKeptForAsLongAsWasAsked() throws Exception {
        limited(settings(20, 5, 5, 4, Duration.ofMinutes(2)));

        Build build = failing(Duration.ofHours(5));

        assertTrue(
                house.log(build).contains("job a is kept for 2 min (no longer, by shell.longestKeep): ssh -t"),
                house.log(build));
    }

    @Test
    void aFailedJobIsKeptForWhoAsksAndTheBuildIsOver() throws Exception {
        Build build = failing(Duration.ofMinutes(5));

        assertEquals(JobState.FAILED, build.job("a").orElseThrow().state());
        assertEquals(Set.of("a"), house.engine().kept(build).keySet());
        assertTrue(house.log(build).contains("job a is kept for 5 min: ssh -t … builds/1/a/shell"), house.log(build));
        try (Pass pass = admitted(build, "a", "bob")) {
            assertTrue(pass.keptUntil().isPresent());
            assertEquals("made\n", typed(pass, "cat left"));
        }
        assertTrue(house.engine().vacate(build, "a"));
        assertTrue(!house.engine().vacate(build, "a"));
        assertInstanceOf(Entering.Over.class, house.engine().enter(build, "a", "bob", SHELL));
        assertEquals(Map.of(), house.engine().kept(build));
    }

    @Test
    void nothingIsKeptUnlessItIsAskedForAndFails() throws Exception {
        Build plain = house.ended(house.submit("t/a", Map.of("a", "exit 7")));
        Build good = house.ended(house.submit(Jobs.plan("t/a", Map.of("a", "exit 0")), keeping(Duration.ofMinutes(1))));

        assertInstanceOf(Entering.Over.class, house.engine().enter(plain, "a", "bob", SHELL));
        assertInstanceOf(Entering.Over.class, house.engine().enter(good, "a", "bob", SHELL));
        assertInstanceOf(Entering.NoSuchJob.class, house.engine().enter(good, "b", "bob", SHELL));
    }

    @Test
    void aKeptJobGoesWhenItsTimeIsOver() throws Exception {
        Build build = failing(Duration.ofMillis(300));
        EngineHouse.until("its end", () -> house.engine().kept(build).isEmpty());

        assertInstanceOf(Entering.Over.class, house.engine().enter(build, "a", "bob", SHELL));
    }

    @Test
    void itIsKeptLongerWhileSomebodyIsInAndTheyAreWarnedBeforeTheCeiling() throws Exception {
        limited(settings(9, 9, 9, 9, Duration.ofSeconds(3)));
        Build build = failing(Duration.ofSeconds(2));
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Pass pass = admitted(build, "a", "bob")) {
            pass.onNews(told::add);
            Visit visit = pass.enter(new Entry.Shell(Optional.empty(), Map.of()), new RecordedVisit())
                    .orElseThrow();

            assertEquals(new Exit.Stopped(), visit.await());
            String last = told.poll(10, TimeUnit.SECONDS);
            while (last != null && !last.startsWith("this job is not kept any longer")) {
                last = told.poll(10, TimeUnit.SECONDS);
            }
            assertEquals("this job is not kept any longer: its time is over", last);
        }
    }

    @Test
    void ofTooManyKeptTheOldestGoes() throws Exception {
        limited(settings(9, 9, 9, 1, Duration.ofHours(1)));
        Build first = failing(Duration.ofMinutes(1));
        Build second = failing(Duration.ofMinutes(2));

        assertEquals(Map.of(), house.engine().kept(first));
        assertEquals(Set.of("a"), house.engine().kept(second).keySet());
    }

    @Test
    void placesAreBounded() throws Exception {
        limited(settings(3, 2, 2, 9, Duration.ofHours(1)));
        Build one = failing(Duration.ofMinutes(1));
        Build two = failing(Duration.ofMinutes(1));
        try (Pass _ = admitted(one, "a", "bob")) {
            try (Pass _ = admitted(two, "a", "bob");
                    Pass _ = admitted(one, "a", "eve")) {
                assertEquals(
                        new Entering.Full("shell.atOnce", 3), house.engine().enter(two, "a", "ann", SHELL));
            }
            try (Pass _ = admitted(two, "a", "bob")) {
                assertEquals(
                        new Entering.Full("shell.perIdentity", 2),
                        house.engine().enter(one, "a", "bob", SHELL));
            }
            try (Pass _ = admitted(one, "a", "eve")) {
                assertEquals(
                        new Entering.Full("shell.perJob", 2), house.engine().enter(one, "a", "ann", SHELL));
            }
        }
    }

    @Test
    void onlyDeclaredPortsAreReached() throws Exception {
        Build build = failing(Duration.ofMinutes(1));

        assertEquals(new Entering.NoSuchPort(List.of()), house.engine().enter(build, "a", "bob", new Aim.Port(80)));
    }

    @Test
    void nothingIsKeptOverTheEndOfTheGateway() throws Exception {
        Build build = failing(Duration.ofMinutes(1));
        house.restart();

        assertEquals(Map.of(), house.engine().kept(build));
        assertInstanceOf(Entering.Over.class, house.engine().enter(build, "a", "bob", SHELL));
    }
}
