package io.sallyport.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN =
            List.of("image", "script", "variables", "artifacts", "timeout", "log", "ls", "state", "after", "limit");

    @ParameterizedTest
    @CsvSource({
        "scirpt, script",
        "Script, script",
        "varables, variables",
        "variable, variables",
        "artefacts, artifacts",
        "imgae, image",
        "lgo, log",
        "sl, ls",
        "time-out, timeout",
        "arti, artifacts",
        "stat, state",
        "limt, limit"
    })
    void aSlipOfTheFingerIsUnderstood(String typed, String meant) {
        assertEquals(Optional.of(meant), Nearest.to(typed, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"scirpt, script", "varables, variables", "imag, image", "logs, log", "sl, ls"})
    void aSlipIsOneLetter(String typed, String meant) {
        assertEquals(Optional.of(meant), Nearest.slip(typed, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"log", "page", "arti", "artefcts", "''"})
    void moreOrNoneIsNoSlip(String typed) {
        assertEquals(Optional.empty(), Nearest.slip(typed, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"x", "xyz", "pipeline", "deploy", "''", "ar"})
    void nothingIsSuggestedThatIsFarAway(String typed) {
        assertEquals(Optional.empty(), Nearest.to(typed, KNOWN));
    }

    @Test
    void theAnswerDoesNotDependOnTheOrder() {
        assertEquals(Optional.of("bat"), Nearest.to("xat", List.of("cat", "bat", "hat")));
        assertEquals(Optional.of("bat"), Nearest.to("xat", List.of("hat", "cat", "bat")));
    }

    @Test
    void anAbsurdlyLongWordIsNearToNothing() {
        assertEquals(Optional.empty(), Nearest.to("script".repeat(100), List.of("script".repeat(100))));
    }

    @Test
    void nothingIsKnown() {
        assertEquals(Optional.empty(), Nearest.to("script", List.of()));
    }
}
