package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jobs a build has that repeats another; those taken over have an equals sign before their names. */
class RepetitionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a=succeeded test/b=failed test/c=succeeded deploy/d=skipped           | =a b =c d
            build/a=failed build/b=succeeded test/c=skipped                             | a =b c
            build/a?=failed test/b=succeeded test/c<=failed                             | a b c
            build/a=succeeded test/b<a=canceled test/c<b=canceled                       | =a b c
            build/a=succeeded test/b=errored clean/c:always=succeeded                   | =a b c
            build/a=succeeded test/m:manual?=skipped test/b=failed deploy/c<a=succeeded | =a m b =c
            build/a=succeeded test/b=timedout test/f:on_failure=succeeded               | =a b =f
            build/a:on_failure=skipped build/b=failed test/c<a=skipped                  | a b c
            """)
    void failedRunsWhatHasNotSucceededAndWhatDependsOnThat(String jobs, String expected) {
        assertEquals(expected, repeated(jobs, "failed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a=succeeded test/b=succeeded test/c=failed deploy/d=skipped | c   | =a c
            build/a=succeeded test/b=succeeded test/c=failed deploy/d=skipped | d   | =a =b c d
            build/a=succeeded test/b<a=succeeded deploy/d<b=succeeded         | a,d | a b d
            build/a=succeeded test/b<a=succeeded deploy/d<b=succeeded         | d   | =a =b d
            build/a=succeeded test/b:manual?=skipped test/c=succeeded         | b   | =a b
            build/a=succeeded test/m:manual?=skipped deploy/c=succeeded       | c   | =a c
            build/a=succeeded test/m:manual=canceled deploy/c=canceled        | c   | =a m c
            """)
    void byNameTheyRunWithWhatTheyNeed(String jobs, String names, String expected) {
        assertEquals(expected, repeated(jobs, names));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a=succeeded build/b=succeeded test/c<a=failed | a   | failed | a =b c
            build/a=succeeded build/b=succeeded test/c<a=failed | b   | failed | =a =b c
            build/a=succeeded test/b=succeeded test/c=failed    | a   | c      | a c
            build/a=succeeded test/b<a=succeeded deploy/d<b=failed | b | d     | =a b d
            """)
    void whatIsNeededAndNotKeptAnyMoreRunsAgain(String jobs, String bare, String which, String expected) {
        assertEquals(expected, repeated(assertInstanceOf(Repetition.Possible.class, of(jobs, Set.of(bare), which))));
    }

    @Test
    void allRunsAll() {
        assertEquals("a b", repeated("build/a=succeeded test/b=failed", "all"));
    }

    @Test
    void aManualJobThatIsNamedIsStartedAndOneThatIsOnlyNeededIsNot() {
        Repetition.Possible both = possible("build/a:manual=canceled test/b:manual=canceled", "b");
        assertEquals(
                List.of(Flow.When.MANUAL, Flow.When.ON_SUCCESS),
                both.plan().jobs().stream().map(job -> job.flow().when()).toList());
        assertEquals(Flow.When.ON_SUCCESS, both.jobs().get(1).terms().when());
    }

    @Test
    void whatCannotBeRepeatedSaysWhy() {
        assertEquals(new Refusal.NothingFailed(7), refused("build/a=succeeded test/b:manual?=skipped", "failed"));
        assertEquals(
                new Refusal.UnknownJob("unti", Optional.of("unit"), Optional.empty()),
                refused("build/unit=succeeded", "unti"));
        Build open = build(Jobs.read("build/a=running"), BuildState.RUNNING);
        for (String which : List.of("failed", "a")) {
            Repetition answer = Repetition.of(open, plan("build/a"), Set.of(), which, RepetitionTest::queued);
            assertEquals(
                    new Refusal.NotEnded(7),
                    assertInstanceOf(Repetition.Impossible.class, answer).refusal());
        }
        assertInstanceOf(
                Repetition.Possible.class,
                Repetition.of(open, plan("build/a"), Set.of(), "all", RepetitionTest::queued));
    }

    @Test
    void namesWithCommasAndJobsMadeOfOneNameAreFound() {
        List<String> names = List.of("deploy: [a, b]", "deploy: [c]", "unit 1/2", "unit 2/2", "lint", "x, y");
        assertEquals(Set.of("deploy: [a, b]", "lint"), choice("deploy: [a, b],lint", names));
        assertEquals(Set.of("deploy: [a, b]", "deploy: [c]"), choice("deploy", names));
        assertEquals(Set.of("unit 1/2", "unit 2/2", "x, y"), choice("unit, x, y", names));
        assertEquals(Set.of("unit 2/2"), choice("unit 2/2", names));
        assertEquals(
                Optional.of(new Refusal.UnknownJob("", Optional.empty(), Optional.empty())),
                JobChoice.of("lint,", plan(names)).unknown());
        Plan without = new Plan(
                Optional.empty(),
                List.of(),
                plan(names).jobs(),
                List.of(new Plan.LeftOut("docs", "deploy", "its rules say so")),
                List.of(),
                Plan.AutoCancel.NONE);
        assertEquals(
                Optional.of(new Refusal.UnknownJob("docs", Optional.empty(), Optional.of("its rules say so"))),
                JobChoice.of("docs", without).unknown());
    }

    @Test
    void veryManyNamesOfVeryManyJobsAreReadAtOnce() {
        List<String> names = IntStream.range(0, 1000)
                .mapToObj(i -> i + ": [" + "x, ".repeat(80) + "]")
                .toList();
        Set<String> chosen =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> choice("0,".repeat(4000) + "1", names));
        assertEquals(Set.of(names.get(0), names.get(1)), chosen);
    }

    private static Set<String> choice(String text, List<String> names) {
        JobChoice choice = JobChoice.of(text, plan(names));
        assertEquals(Optional.empty(), choice.unknown());
        return choice.names();
    }

    private static String repeated(String jobs, String which) {
        return repeated(assertInstanceOf(Repetition.Possible.class, of(jobs, which)));
    }

    private static String repeated(Repetition.Possible repetition) {
        return repetition.jobs().stream()
                .map(job -> (job.course().takenFrom().isPresent() ? "=" : "") + job.name())
                .collect(Collectors.joining(" "));
    }

    private static Repetition.Possible possible(String jobs, String which) {
        return assertInstanceOf(Repetition.Possible.class, of(jobs, which));
    }

    private static Refusal refused(String jobs, String which) {
        return assertInstanceOf(Repetition.Impossible.class, of(jobs, which)).refusal();
    }

    private static Repetition of(String jobs, String which) {
        return of(jobs, Set.of(), which);
    }

    private static Repetition of(String jobs, Set<String> bare, String which) {
        return Repetition.of(
                build(Jobs.read(jobs), BuildState.FAILED), plan(jobs), bare, which, RepetitionTest::queued);
    }

    private static Plan plan(String jobs) {
        return Jobs.plan(jobs, Map.of());
    }

    private static Plan plan(List<String> names) {
        List<JobSpec> jobs = names.stream()
                .map(name -> new JobSpec(
                        name,
                        "test",
                        plan("test/x").jobs().getFirst().work(),
                        Flow.USUAL,
                        io.sallyport.builds.plan.ArtifactRules.NONE,
                        io.sallyport.builds.plan.Reports.NONE,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return new Plan(Optional.empty(), List.of("test"), jobs, List.of(), List.of(), Plan.AutoCancel.CONSERVATIVE);
    }

    private static Job queued(JobSpec spec) {
        return Job.queued(
                spec.name(),
                spec.stage(),
                new Job.Terms(
                        spec.flow().when(),
                        spec.flow()
                                .needs()
                                .map(needs -> needs.stream().map(Flow.Need::job).toList()),
                        spec.flow().allowFailure().any(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Build build(List<Job> jobs, BuildState state) {
        return new Build(
                7,
                "web",
                state,
                Optional.empty(),
                EngineHouse.request(),
                "ann",
                false,
                EngineHouse.SOURCE,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                jobs,
                0,
                0);
    }
}
