package io.sallyport.builds.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Reports;
import io.sallyport.builds.plan.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    @Test
    void aPlanComesBackAsItWasWithItsVariablesInOrder() {
        Plan plan = full();
        Plan back = PlanJson.read(PlanJson.write(plan));
        assertEquals(plan, back);
        assertEquals(
                List.of("Z", "A"),
                new ArrayList<>(back.jobs().getFirst().work().variables().keySet()));
    }

    @Test
    void theSmallestPlanComesBack() {
        JobSpec job = JobSpec.of("build", "build", Work.of(List.of("make"), Duration.ofMinutes(1)));
        Plan plan = new Plan(
                Optional.empty(), List.of("build"), List.of(job), List.of(), List.of(), Plan.AutoCancel.CONSERVATIVE);
        assertEquals(plan, PlanJson.read(PlanJson.write(plan)));
    }

    /** What version 1 wrote must be readable for ever: this text is never changed, only further ones are added. */
    @Test
    void aPlanOfTheFirstVersionIsRead() {
        String text = """
                {"version":1,"plan":{"stages":["test"],"jobs":[{"name":"unit","stage":"test","work":{"services":[],
                "script":["make"],"afterScript":[],"variables":{"A":{"value":"1","expand":true}},"timeout":"PT1H",
                "tags":[],"ports":[]},"flow":{"needs":[{"job":"x","artifacts":true}],"when":"MANUAL",
                "allowFailure":{"any":true,"exitCodes":[3]},"retry":{"max":1,"causes":["SYSTEM"],"exitCodes":[]},
                "interruptible":false},"artifacts":{"paths":["a"],"exclude":[],"untracked":false,
                "when":"ON_SUCCESS"},"reports":{"junit":[],"dotenv":[]},"caches":[]}],"leftOut":[],"notices":[],
                "autoCancel":"NONE"}}""";
        Plan plan = PlanJson.read(text);
        JobSpec job = plan.jobs().getFirst();
        assertEquals(Duration.ofHours(1), job.work().timeout());
        assertEquals(Optional.of(List.of(new Flow.Need("x", true))), job.flow().needs());
        assertEquals(Flow.When.MANUAL, job.flow().when());
        assertEquals(Optional.empty(), job.coverage());
        assertEquals(Plan.AutoCancel.NONE, plan.autoCancel());
    }

    @Test
    void anotherVersionIsNotGuessedAt() {
        assertThrows(IllegalStateException.class, () -> PlanJson.read("{\"version\":2,\"plan\":{}}"));
    }

    private static Plan full() {
        Map<String, Work.Variable> variables = new LinkedHashMap<>();
        variables.put("Z", Work.Variable.of("$A/1"));
        variables.put("A", new Work.Variable("raw", false));
        Work.Image image = new Work.Image("alpine", Optional.of(List.of("/bin/sh")));
        Work work = new Work(
                Optional.of(image),
                List.of(new Work.Service(image, List.of("db"), Optional.of(List.of("run")), variables)),
                List.of("make", "echo 'a\nb'"),
                List.of("rm -rf x"),
                variables,
                Duration.ofSeconds(90),
                List.of("big"),
                List.of(8080));
        Flow flow = new Flow(
                Optional.of(List.of(new Flow.Need("lint", false))),
                Optional.of(List.of("lint")),
                Flow.When.DELAYED,
                Optional.of(Duration.ofMinutes(30)),
                new Flow.AllowFailure(false, Set.of(2, 137)),
                new Flow.Retry(2, Set.of(Flow.RetryCause.SYSTEM), Set.of(1)),
                true,
                Optional.of("production"));
        JobSpec job = new JobSpec(
                "deploy: [a, b]",
                "deploy",
                work,
                flow,
                new ArtifactRules(
                        List.of("a"),
                        List.of("b"),
                        true,
                        KeepWhen.ALWAYS,
                        Optional.of("name"),
                        Optional.of(Duration.ofDays(7))),
                new Reports(List.of("**/*.xml"), List.of("build.env")),
                List.of(new CacheRule(
                        "k", List.of("p"), false, CacheRule.Policy.PULL, KeepWhen.ON_FAILURE, List.of("main"))),
                Optional.of(new JobSpec.Environment("prod", Optional.of("https://x"))),
                Optional.of("\\d+%"));
        return new Plan(
                Optional.of("nightly"),
                List.of("test", "deploy"),
                List.of(job),
                List.of(new Plan.LeftOut("docs", "deploy", "its rules say so")),
                List.of(new Plan.Notice(Optional.of("deploy"), ".sallyport.yml", 3, 7, "a notice")),
                Plan.AutoCancel.INTERRUPTIBLE);
    }
}
