package io.sallyport.gateway.dashboard.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookTest {
    @ParameterizedTest
    @CsvSource({
        "xterm,, , SIXTEEN",
        "xterm-256color,,, PALETTE",
        "xterm-256color, truecolor,, TRUE",
        "screen, 24bit,, TRUE",
        "xterm-kitty,,, TRUE",
        "tmux-direct,,, TRUE",
        "vt100,,, MONO",
        "linux,,, SIXTEEN",
        "xterm-256color, truecolor, 1, MONO",
        "xterm-mono,,, MONO"
    })
    void coloursFollowTheNames(String term, String colorterm, String noColor, Depth depth) {
        Map<String, String> variables = Map.of(
                "TERM", term,
                "COLORTERM", colorterm == null ? "" : colorterm,
                "NO_COLOR", noColor == null ? "" : noColor);
        assertEquals(depth, Look.of(variables).depth());
    }

    @Test
    void theFirstLocaleThatIsSetCounts() {
        assertTrue(Look.of(Map.of("TERM", "xterm")).unicode());
        assertTrue(Look.of(Map.of("LANG", "de_DE.utf8")).unicode());
        assertFalse(Look.of(Map.of("LANG", "de_DE")).unicode());
        assertFalse(Look.of(Map.of("LC_ALL", "C", "LANG", "C.UTF-8")).unicode());
        assertTrue(Look.of(Map.of("LC_ALL", "", "LC_CTYPE", "C.UTF-8", "LANG", "C"))
                .unicode());
    }

    @Test
    void aTerminalWithoutANameGetsLines() {
        assertTrue(Look.of(Map.of()).plain());
        assertTrue(Look.of(Map.of("TERM", "dumb")).plain());
        assertFalse(Look.of(Map.of("TERM", "xterm")).plain());
    }
}
