package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectGlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, web, true",
        "*, team/web, true",
        "web, web, true",
        "web, webs, false",
        "web, team/web, false",
        "web, web/api, false",
        "team/*, team/web, true",
        "team/*, team, false",
        "team/*, team/web/api, false",
        "team/*, teams/web, false",
        "*/web, team/web, true",
        "*/web, web, false",
        "*/*, team/web, true",
        "*/*, web, false",
        "a.c, abc, false",
    })
    void aStarStandsForExactlyOneWholeSegment(String glob, String project, boolean covered) {
        assertEquals(covered, ProjectGlob.parse(glob).orElseThrow().matches(project));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "web/", "/web", "team//web", "te*m", "**", "team/**", "Web", "..", "a b", "ü", "a\n"})
    void whatIsNoGlobIsNotRead(String text) {
        assertEquals(Optional.empty(), ProjectGlob.parse(text));
    }

    @Test
    void anEndlessTextIsNoGlob() {
        assertEquals(Optional.empty(), ProjectGlob.parse("a/".repeat(100_000) + "a"));
    }

    @Test
    void aRoleOfTheHouseCannotBeGivenOnSomeProjects() {
        assertThrows(IllegalArgumentException.class, () -> Grant.allow(Role.ADMIN, new ProjectGlob("team/*")));
        assertThrows(IllegalArgumentException.class, () -> Grant.deny(Role.AUDITOR, new ProjectGlob("web")));
    }
}
