package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    @Test
    void aVariableTakesOneSegment() {
        PathTemplate build = PathTemplate.of("/builds/{id}");
        assertEquals(Optional.of(Map.of("id", "7")), build.match("/builds/7"));
        assertEquals(Optional.empty(), build.match("/builds/7/log"));
        assertEquals(Optional.empty(), build.match("/builds"));
        assertEquals(Optional.empty(), build.match("builds/7"));
    }

    @Test
    void aRestTakesAllThatIsLeft() {
        PathTemplate artifact = PathTemplate.of("/builds/{id}/artifacts/{path...}");
        assertEquals(Optional.of(Map.of("id", "7", "path", "a/b/c")), artifact.match("/builds/7/artifacts/a/b/c"));
        assertEquals(Optional.empty(), artifact.match("/builds/7/artifacts"));
    }

    @Test
    void aProjectMayHaveSlashes() {
        PathTemplate builds = PathTemplate.of("/projects/{p}/builds");
        assertEquals(Optional.of(Map.of("p", "web")), builds.match("/projects/web/builds"));
        assertEquals(Optional.of(Map.of("p", "team/web")), builds.match("/projects/team/web/builds"));
        assertEquals(Optional.empty(), builds.match("/projects/web"));
    }

    @Test
    void nothingIsNoValue() {
        assertEquals(Optional.empty(), PathTemplate.of("/builds/{id}").match("/builds/"));
        assertEquals(Optional.empty(), PathTemplate.of("/builds/{id}/log").match("/builds//log"));
        assertEquals(Optional.empty(), PathTemplate.of("/projects/{p}").match("/projects/web/"));
        assertEquals(Optional.empty(), PathTemplate.of("/a/{path...}").match("/a/"));
    }

    @Test
    void oneWrongWordIsMended() {
        PathTemplate artifact = PathTemplate.of("/builds/{id}/artifacts/{path...}");
        assertEquals(Optional.of("/builds/7/artifacts/a/b"), artifact.mend("/builds/7/artfacts/a/b"));
        assertEquals(Optional.of("/builds/7/artifacts/a"), artifact.mend("/bulids/7/artifacts/a"));
        assertEquals(Optional.empty(), artifact.mend("/bulids/7/artfacts/a"));
        assertEquals(Optional.empty(), artifact.mend("/builds/7/artifacts/a"));
        assertEquals(Optional.empty(), artifact.mend("/builds/7/artfacts"));
        assertEquals(Optional.empty(), PathTemplate.of("/").mend("/builds"));
        assertEquals(
                Optional.of("/projects/web/pause"),
                PathTemplate.of("/projects/{p}/pause").mend("/projects/web/puase"));
    }

    @Test
    void theRootIsAPathOfItsOwn() {
        assertEquals(Optional.of(Map.of()), PathTemplate.of("/").match("/"));
        assertEquals(Optional.empty(), PathTemplate.of("/").match("/builds"));
    }
}
