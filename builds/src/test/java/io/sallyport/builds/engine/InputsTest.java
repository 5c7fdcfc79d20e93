package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Reports;
import io.sallyport.builds.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose artifacts a job is given. */
class InputsTest {
    private static final JobSpec A = job("a", "one", Optional.empty(), Optional.empty());
    private static final JobSpec B = job("b", "one", Optional.empty(), Optional.empty());
    private static final JobSpec C = job("c", "two", Optional.empty(), Optional.empty());

    @Test
    void thoseOfAllStagesBefore() {
        assertEquals(List.of("a", "b", "c"), inputs(job("d", "three", Optional.empty(), Optional.empty())));
        assertEquals(List.of("a", "b"), inputs(job("d", "two", Optional.empty(), Optional.empty())));
        assertEquals(List.of(), inputs(job("d", "one", Optional.empty(), Optional.empty())));
    }

    @Test
    void onlyThoseThatItNeedsAndWantsThemOf() {
        Optional<List<Flow.Need>> needs = Optional.of(List.of(new Flow.Need("c", true), new Flow.Need("a", false)));
        assertEquals(List.of("c"), inputs(job("d", "three", needs, Optional.empty())));
        assertEquals(List.of(), inputs(job("d", "three", Optional.of(List.of()), Optional.empty())));
    }

    @Test
    void onlyThoseItDependsOn() {
        assertEquals(List.of("b"), inputs(job("d", "three", Optional.empty(), Optional.of(List.of("b")))));
        assertEquals(List.of(), inputs(job("d", "three", Optional.empty(), Optional.of(List.of()))));
    }

    private static List<String> inputs(JobSpec job) {
        return Inputs.of(
                new Plan(
                        Optional.empty(),
                        List.of("one", "two", "three"),
                        List.of(A, B, C, job),
                        List.of(),
                        List.of(),
                        Plan.AutoCancel.CONSERVATIVE),
                job);
    }

    private static JobSpec job(
            String name, String stage, Optional<List<Flow.Need>> needs, Optional<List<String>> dependencies) {
        Flow flow = new Flow(
                needs,
                dependencies,
                Flow.When.ON_SUCCESS,
                Optional.empty(),
                Flow.AllowFailure.NEVER,
                Flow.Retry.NEVER,
                false,
                Optional.empty());
        return new JobSpec(
                name,
                stage,
                Work.of(List.of("true"), Duration.ofMinutes(1)),
                flow,
                ArtifactRules.NONE,
                Reports.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
