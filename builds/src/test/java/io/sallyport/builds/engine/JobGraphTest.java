package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs are written as {@link Jobs} reads them; what is to become of those that do not simply wait stands behind them. */
class JobGraphTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a build/b test/c                              | a:ready b:ready           | open
            build/a=succeeded build/b=running test/c            |                           | open
            build/a=succeeded build/b=succeeded test/c          | c:ready                   | open
            build/a=succeeded build/b=failed test/c             | c:skipped                 | over
            build/a=timedout test/b                             | b:skipped                 | over
            build/a=errored test/b                              | b:skipped                 | over
            build/a=canceled test/b                             | b:skipped                 | over
            build/a=failed build/b=running test/c               |                           | open
            build/a=skipped test/b                              | b:ready                   | open
            build/a=failed test/b=skipped deploy/c              | c:skipped                 | over
            build/a=succeeded test/b=running deploy/c           |                           | open
            build/a=succeeded test/b=succeeded deploy/c=running |                           | open
            build/a=succeeded test/b=succeeded                  |                           | over
            """)
    void aStageWaitsForAllStagesBeforeIt(String jobs, String next, String over) {
        check(jobs, next, over);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a?=failed test/b                    | b:ready            | open
            build/a?=failed build/b=succeeded         |                    | over
            build/a?=failed test/b:on_failure         | b:skipped          | over
            build/a?=failed test/b<a                  | b:ready            | open
            build/a?=timedout test/b                  | b:ready            | open
            build/a?=canceled test/b                  | b:skipped          | over
            """)
    void aFailureThatIsAllowedIsSuccess(String jobs, String next, String over) {
        check(jobs, next, over);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a:on_failure                                            | a:skipped            | over
            build/a=succeeded test/b:on_failure                           | b:skipped            | over
            build/a=failed test/b:on_failure                              | b:ready              | open
            build/a=failed test/b:always test/c                           | b:ready c:skipped    | open
            build/a=canceled test/b:always test/c:on_failure              | b:ready c:skipped    | open
            build/a=running test/b:always                                 |                      | open
            build/a=failed build/b=running test/c:on_failure              |                      | open
            build/a=failed test/b=skipped deploy/c:on_failure             | c:ready              | open
            build/a=failed test/b:on_failure=succeeded deploy/c           | c:skipped            | over
            """)
    void onFailureAndAlwaysRunWhereOthersDoNot(String jobs, String next, String over) {
        check(jobs, next, over);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a=running build/b=succeeded test/c<b             | c:ready              | open
            build/a test/b<                                        | a:ready b:ready      | open
            build/a=failed test/b<                                 | b:ready              | open
            build/a=succeeded build/b=running test/c<a+b           |                      | open
            build/a=succeeded build/b=failed test/c<a+b            | c:skipped            | over
            build/a=skipped test/b<a                               | b:skipped            | over
            build/a=failed build/b=skipped test/c:on_failure<a+b   | c:ready              | open
            build/a=succeeded build/b=skipped test/c:always<a+b    | c:ready              | open
            build/a=running build/b=failed test/c:always<b         | c:ready              | open
            test/a<b test/b                                        | b:ready              | open
            test/a<b test/b=succeeded                              | a:ready              | open
            build/a=succeeded test/b<a=running deploy/c            |                      | open
            build/a<gone                                           | a:ready              | open
            """)
    void withNeedsOnlyTheseCount(String jobs, String next, String over) {
        check(jobs, next, over);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a:manual                                         | a:manual             | open
            build/a:manual?                                        | a:manual             | over
            build/a=succeeded deploy/b:manual                      | b:manual             | open
            build/a=running deploy/b:manual                        |                      | open
            build/a=failed deploy/b:manual                         | b:skipped            | over
            build/a:manual=manual test/b                           |                      | open
            build/a:manual?=manual test/b                          | b:ready              | open
            build/a:manual?=manual test/b=succeeded                |                      | over
            build/a:manual=queued! test/b                          | a:ready              | open
            build/a:manual=succeeded test/b                        | b:ready              | open
            build/a:manual=manual test/b<a                         |                      | open
            build/a:manual?=manual test/b<a                        |                      | over
            build/a:manual?=manual test/b<a deploy/c               | c:ready              | open
            build/a:manual?=manual test/b:always<a                 |                      | over
            build/a:manual?=running test/b<a                       |                      | open
            build/a:manual?=manual build/b=running test/c<a+b      |                      | open
            """)
    void aManualJobHoldsUpOthersUnlessItMayFail(String jobs, String next, String over) {
        check(jobs, next, over);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a:delayed                        | a:delayed            | open
            build/a:delayed=delayed test/b         |                      | open
            build/a:delayed=queued! test/b         | a:ready              | open
            build/a=failed test/b:delayed          | b:skipped            | over
            build/a:delayed=succeeded test/b       | b:ready              | open
            """)
    void aDelayedJobHoldsUpOthers(String jobs, String next, String over) {
        check(jobs, next, over);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build/a=failed build/b=succeeded test/c   | 2 | a failed
            build/a=skipped test/b<a                  | 1 | a skipped
            build/a=failed test/b deploy/c            | 2 | a failed
            build/a=failed test/b<a deploy/c<b        | 2 | b skipped
            build/a=succeeded test/b:on_failure       | 1 | nothing before it has failed
            """)
    void whyAJobIsSkippedIsSaid(String jobs, int place, String why) {
        assertEquals(why, new JobGraph(Jobs.read(jobs)).whySkipped(place));
    }

    @Test
    void whatAJobWaitsForIsSaid() {
        JobGraph graph =
                new JobGraph(Jobs.read("build/a=running build/b=succeeded build/c:manual?=manual test/d test/e<b+c+a"));
        assertEquals(List.of("a"), graph.awaited(3));
        assertEquals(List.of("c", "a"), graph.awaited(4));
    }

    @Test
    void aJobThatIsToBeTriedAgainIsReadyWhateverTheOthersHaveBecome() {
        List<Job> jobs = new ArrayList<>(Jobs.read("build/a=failed test/b:always=queued"));
        jobs.set(1, jobs.get(1).running("process", false, Jobs.NOW).again("once more"));
        assertEquals(JobGraph.Next.READY, new JobGraph(jobs).next(1));
    }

    @Test
    void jobsThatWaitForEachOtherWaitForEver() {
        JobGraph graph = new JobGraph(Jobs.read("test/a<b test/b<a"));
        assertEquals(JobGraph.Next.WAIT, graph.next(0));
        assertTrue(!graph.over());
    }

    @Test
    void aChainWrittenFromItsEndIsNoTrouble() {
        StringBuilder chain = new StringBuilder();
        for (int i = 1000; i > 0; i--) {
            chain.append("test/j").append(i).append("<j").append(i - 1).append(' ');
        }
        List<Job> jobs = Jobs.read(chain + "test/j0=succeeded");
        JobGraph graph = assertTimeout(Duration.ofSeconds(5), () -> new JobGraph(jobs));
        assertEquals(JobGraph.Next.READY, graph.next(999));
        assertEquals(JobGraph.Next.WAIT, graph.next(0));
    }

    private static void check(String written, String next, String over) {
        List<Job> jobs = Jobs.read(written);
        JobGraph graph = new JobGraph(jobs);
        List<String> found = new ArrayList<>();
        for (int place = 0; place < jobs.size(); place++) {
            if (graph.next(place) != JobGraph.Next.WAIT) {
                found.add(
                        jobs.get(place).name() + ":" + graph.next(place).name().toLowerCase(Locale.ROOT));
            }
        }
        assertEquals(Optional.ofNullable(next).orElse(""), String.join(" ", found), written);
        assertEquals(over, graph.over() ? "over" : "open", written);
        assertTrue(jobs.stream().noneMatch(job -> job.state() == JobState.RUNNING && graph.over()));
    }
}
