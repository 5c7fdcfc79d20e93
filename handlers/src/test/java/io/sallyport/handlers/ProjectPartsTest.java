package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectPartsTest {
    private static final Set<String> PROJECTS = Set.of("web", "team/app");

    private final ProjectParts parts = new ProjectParts(Set.of("builds", "secrets", "pause"));

    private Optional<String> objection(String name) {
        return parts.objection(name, PROJECTS::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"web", "team/web", "pause", "web/page", "web/api", "other/puase", "builds/web", "team/pauses"})
    void otherProjectsAreMade(String name) {
        assertEquals(Optional.empty(), objection(name));
    }

    @Test
    void whatIsOneLetterFromAPartOfAProjectIsMadeNoProject() {
        String said = objection("web/puase").orElseThrow();
        assertTrue(said.contains("'web/puase'") && said.contains("/projects/web/pause:"), said);
        said = objection("team/app/secrts/token").orElseThrow();
        assertTrue(said.contains("/projects/team/app/secrets/token:"), said);
    }

    @Test
    void aPartIsNoProjectWhetherThereIsTheOtherOrNot() {
        assertEquals(
                Optional.of("'x/builds' can be no project: /projects/x/builds is of project 'x'"),
                objection("x/builds"));
        assertTrue(objection("x/secrets/y").isPresent());
    }

    @Test
    void aPartIsMeantOnlyOfAProjectThatTheCallerMaySee() {
        assertEquals(Optional.of("/projects/web/secrets/A"), parts.meant("web/secret/A", PROJECTS::contains));
        assertEquals(Optional.empty(), parts.meant("hidden/secret/A", PROJECTS::contains));
        assertEquals(Optional.empty(), parts.meant("web/x", PROJECTS::contains));
    }
}
