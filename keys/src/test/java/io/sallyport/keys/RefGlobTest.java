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
        "**/x,a/b/x",
        "main,refs/heads/main",
        "main,refs/tags/main",
        "refs/heads/main,main",
        "refs/heads/main,refs/heads/main",
        "refs/heads/**,a/b",
        "refs/tags/v*,refs/tags/v1",
        "refs/*/v1,refs/tags/v1",
        "refs/**,anything"
    })
    void covers(String glob, String ref) {
        assertTrue(glob(glob).covers(ref(ref)));
    }

    @ParameterizedTest
    @CsvSource({
        "main,mainly",
        "main,Main",
        "main,refs/heads/refs/heads/main",
        "refs/heads/main,refs/tags/main",
        "refs/tags/*,v1",
        "*,feature/a",
        "release/*,release/1/2",
        "release/*,release",
        "v*,wv1",
        "feature/**,feature",
        "main.x,mainyx"
    })
    void doesNotCover(String glob, String ref) {
        assertFalse(glob(glob).covers(ref(ref)));
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

        assertFalse(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> worst.covers(ref(ref))));
    }

    @ParameterizedTest
    @CsvSource({
        "main,main,true",
        "release/*,release/1,true",
        "**/1,release/1,true",
        "refs/heads/m*,main,true",
        "refs/*/main,main,true",
        "*,main,false",
        "**,main,false",
        "*/**,a/b,false",
        "refs/**,main,false",
        "refs/heads/*,main,false",
        "refs/tags/**,refs/tags/v1,false",
        "main,next,false"
    })
    void namesWhatItCoversByMoreThanStars(String glob, String ref, boolean named) {
        assertEquals(named, glob(glob).names(ref(ref)));
    }

    private static Ref ref(String text) {
        return Ref.parse(text).orElseThrow();
    }

    private static RefGlob glob(String text) {
        return RefGlob.parse(text).orElseThrow();
    }
}
