package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefGlobTest {
    @ParameterizedTest
    @CsvSource({
        "main,main",
        "*,main",
        "v*,v",
        "v*,v1.2.3",
        "release/*,release/1",
        "*/hotfix,a/hotfix",
        "feature/**,feature/a/b",
        "**,feature/a",
        "r*e*/x,release/x",
        "**/x,a/b/x"
    })
    void covers(String glob, String ref) {
        assertTrue(glob(glob).matches(ref));
    }

    @ParameterizedTest
    @CsvSource({
        "main,mainly",
        "main,Main",
        "main,refs/heads/main",
        "*,feature/a",
        "release/*,release/1/2",
        "release/*,release",
        "v*,wv1",
        "feature/**,feature",
        "main.x,mainyx"
    })
    void doesNotCover(String glob, String ref) {
        assertFalse(glob(glob).matches(ref));
    }

    @Test
    void whatCannotBeAnyIsRefused() {
        for (String bad : List.of("", " ", "a b", "a,b", "a\nb", "a".repeat(257))) {
            assertEquals(Optional.empty(), RefGlob.parse(bad), bad);
        }
    }

    @Test
    void theWorstOfPatternsCostsNoMoreThanItsLength() {
        RefGlob worst = glob("*a".repeat(128));
        String ref = "a".repeat(1023) + "b";

        assertFalse(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> worst.matches(ref)));
    }

    private static RefGlob glob(String text) {
        return RefGlob.parse(text).orElseThrow();
    }
}
