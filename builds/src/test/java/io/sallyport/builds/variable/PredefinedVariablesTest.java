package io.sallyport.builds.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.GitRef;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredefinedVariablesTest {
    private static Map<String, String> of(Optional<String> ref, Map<String, String> given) {
        BuildRequest request = new BuildRequest(
                ref,
                Optional.of("0123456789abcdef"),
                Collections.emptySortedMap(),
                new TreeMap<>(given),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        return PredefinedVariables.ofSubmission("team/sub/web", "main", request, true);
    }

    @ParameterizedTest
    @CsvSource({
        "main, BRANCH, main",
        "refs/heads/a/b, BRANCH, a/b",
        "refs/tags/v1, TAG, v1",
        "refs/pull/3/head, BRANCH, refs/pull/3/head",
    })
    void refsAreBranchesOrTags(String text, GitRef.Kind kind, String name) {
        assertEquals(new GitRef(kind, name), GitRef.parse(text));
    }

    @Test
    void aBranch() {
        Map<String, String> all = of(Optional.of("refs/heads/Topic_1"), Map.of());

        assertEquals("Topic_1", all.get("CI_COMMIT_BRANCH"));
        assertEquals("Topic_1", all.get("CI_COMMIT_REF_NAME"));
        assertEquals("topic-1", all.get("CI_COMMIT_REF_SLUG"));
        assertEquals("01234567", all.get("CI_COMMIT_SHORT_SHA"));
        assertEquals("team/sub", all.get("CI_PROJECT_NAMESPACE"));
        assertEquals("team", all.get("CI_PROJECT_ROOT_NAMESPACE"));
        assertEquals("web", all.get("CI_PROJECT_NAME"));
        assertEquals("push", all.get("CI_PIPELINE_SOURCE"));
        assertEquals("true", all.get("CI_COMMIT_REF_PROTECTED"));
        assertFalse(all.containsKey("CI_COMMIT_TAG"));
        assertFalse(all.containsKey("GITLAB_CI"));
    }

    @Test
    void aTagAndAMergeRequestAreOfNoBranch() {
        assertEquals("v1", of(Optional.of("refs/tags/v1"), Map.of()).get("CI_COMMIT_TAG"));
        assertFalse(of(Optional.of("refs/tags/v1"), Map.of()).containsKey("CI_COMMIT_BRANCH"));
        Map<String, String> request = of(Optional.of("topic"), Map.of("CI_PIPELINE_SOURCE", "merge_request_event"));
        assertFalse(request.containsKey("CI_COMMIT_BRANCH"));
        assertEquals("topic", request.get("CI_COMMIT_REF_NAME"));
        assertEquals("merge_request_event", request.get("CI_PIPELINE_SOURCE"));
    }

    @Test
    void withoutARefItIsTheDefaultBranch() {
        assertEquals("main", of(Optional.empty(), Map.of()).get("CI_COMMIT_BRANCH"));
    }

    @Test
    void slugsAreShort() {
        assertEquals(
                63,
                PredefinedVariables.named("x".repeat(100), "s")
                        .get("CI_JOB_NAME_SLUG")
                        .length());
        assertEquals(
                "job-a-b",
                PredefinedVariables.named("job: [A, b]", "s")
                        .get("CI_JOB_NAME_SLUG")
                        .replaceAll("-+", "-"));
        assertEquals(
                24,
                PredefinedVariables.environmentSlug("review/" + "y".repeat(50)).length());
    }
}
