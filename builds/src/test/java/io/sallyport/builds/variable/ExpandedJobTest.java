package io.sallyport.builds.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.plan.Reports;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.plan.Work.Image;
import io.sallyport.builds.plan.Work.Service;
import io.sallyport.builds.plan.Work.Variable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpandedJobTest {
    private static JobSpec job(List<String> paths) {
        return new JobSpec(
                "job",
                "test",
                new Work(
                        Optional.of(new Image("$REGISTRY/tool", Optional.of(List.of("$SHELL_NAME")))),
                        List.of(new Service(
                                new Image("db:$V", Optional.empty()),
                                List.of("db-$V"),
                                Optional.of(List.of("-p", "$V")),
                                Map.of())),
                        List.of("echo $V"),
                        List.of(),
                        Map.of("V", Variable.of("1")),
                        Duration.ofMinutes(1),
                        List.of(),
                        List.of()),
                new Flow(
                        Optional.empty(),
                        Optional.empty(),
                        Flow.When.ON_SUCCESS,
                        Optional.empty(),
                        Flow.AllowFailure.NEVER,
                        Flow.Retry.NEVER,
                        false,
                        Optional.of("group-$V")),
                new ArtifactRules(
                        paths, List.of("$V/tmp"), false, KeepWhen.ALWAYS, Optional.of("a-$V"), Optional.empty()),
                new Reports(List.of("$V.xml"), List.of("$V.env")),
                List.of(new CacheRule(
                        "key-$V",
                        List.of("$CACHE"),
                        false,
                        CacheRule.Policy.PULL,
                        KeepWhen.ON_SUCCESS,
                        List.of("$V", "any"))),
                Optional.of(new JobSpec.Environment("review/$V", Optional.of("https://$V.example"))),
                Optional.empty());
    }

    private static ExpandedJob expanded(List<String> paths) {
        Map<String, String> predefined = Map.of(WorkspacePath.VARIABLE, WorkspacePath.LATER, "REGISTRY", "host");
        Map<String, Variable> own =
                Map.of("V", Variable.of("1"), "CACHE", Variable.of("$CI_PROJECT_DIR/.cache"), "UP", Variable.of(".."));
        return ExpandedJob.of(job(paths), Expansion.of(predefined, own));
    }

    @Test
    void valuesStandInPlaceOfVariables() {
        JobSpec job = expanded(List.of("dist/$V", "$CACHE/x")).job();

        assertEquals(
                Optional.of(new Image("host/tool", Optional.of(List.of("")))),
                job.work().image());
        assertEquals("db:1", job.work().services().getFirst().image().name());
        assertEquals(List.of("db-1"), job.work().services().getFirst().aliases());
        assertEquals(
                Optional.of(List.of("-p", "1")),
                job.work().services().getFirst().command());
        assertEquals(List.of("echo $V"), job.work().script());
        assertEquals(Optional.of("group-1"), job.flow().resourceGroup());
        assertEquals(List.of("dist/1", ".cache/x"), job.artifacts().paths());
        assertEquals(List.of("1/tmp"), job.artifacts().exclude());
        assertEquals(Optional.of("a-1"), job.artifacts().name());
        assertEquals(new Reports(List.of("1.xml"), List.of("1.env")), job.reports());
        assertEquals("key-1", job.caches().getFirst().key());
        assertEquals(List.of(".cache"), job.caches().getFirst().paths());
        assertEquals(List.of("1", "any"), job.caches().getFirst().fallbackKeys());
        assertEquals(
                Optional.of(new JobSpec.Environment("review/1", Optional.of("https://1.example"))), job.environment());
    }

    @Test
    void imageAndEnvironmentAreVariablesToo() {
        Map<String, String> values = Expansion.ofJob(
                        Map.of("REGISTRY", "host", "CI_COMMIT_REF_SLUG", "a-b"),
                        job(List.of()),
                        Map.of("V", "Feature/One_Two and much more of it"))
                .values();

        assertEquals("host/tool", values.get("CI_JOB_IMAGE"));
        assertEquals("review/Feature/One_Two and much more of it", values.get("CI_ENVIRONMENT_NAME"));
        assertEquals("review-feature-one-two-a", values.get("CI_ENVIRONMENT_SLUG"));
        assertEquals("https://Feature/One_Two and much more of it.example", values.get("CI_ENVIRONMENT_URL"));
    }

    @Test
    void whatLeavesTheWorkspaceIsRefused() {
        ExpandedJob job = expanded(List.of("$UP/etc", "$NONE", "/$V", "a"));

        assertEquals(List.of("a"), job.job().artifacts().paths());
        assertEquals(
                List.of(
                        "'$UP/etc' has '..' in it; paths stay inside the workspace",
                        "'$NONE' is empty",
                        "'/$V' is absolute; paths begin in the workspace"),
                job.refused());
    }

    @Test
    void theWorkspaceIsPutInByTheExecutor() {
        assertEquals("/build/.cache", WorkspacePath.known("${CI_PROJECT_DIR}/.cache", "/build"));
        assertEquals("./x", WorkspacePath.relative("$CI_PROJECT_DIR/x"));
        assertEquals("$CI_PROJECT_DIRECTORY/x", WorkspacePath.relative("$CI_PROJECT_DIRECTORY/x"));
    }
}
