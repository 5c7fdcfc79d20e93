package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void wordsArePartedByBlanks() throws Exception {
        assertEquals(List.of("GET", "/builds", "limit=3"), CommandLine.split("  GET\t/builds \n limit=3 "));
        assertEquals(List.of(), CommandLine.split("   "));
    }

    @Test
    void quotesHoldWordsTogetherAndVanish() throws Exception {
        assertEquals(List.of("a b", "c d", "e f"), CommandLine.split("'a b' \"c d\" e\\ f"));
        assertEquals(List.of("reason=it's late"), CommandLine.split("reason='it'\\''s late'"));
        assertEquals(List.of("", ""), CommandLine.split("'' \"\""));
        assertEquals(List.of("abc"), CommandLine.split("a'b'\"c\""));
    }

    @Test
    void nothingIsExpanded() throws Exception {
        assertEquals(
                List.of("$HOME", "*", "~", "`id`", "$(id)", "a;b|c>d&"),
                CommandLine.split("$HOME * ~ `id` $(id) a;b|c>d&"));
        assertEquals(List.of("$HOME `x` \" \\ \\n"), CommandLine.split("\"\\$HOME \\`x\\` \\\" \\\\ \\n\""));
    }

    @Test
    void aBackslashBeforeALineFeedJoinsLines() throws Exception {
        assertEquals(List.of("ab", "cd"), CommandLine.split("a\\\nb \"c\\\nd\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'abc", "a \"b", "a\\", "'"})
    void whatIsNeverClosedIsRefused(String line) {
        assertThrows(CommandLine.Unfinished.class, () -> CommandLine.split(line));
    }
}
