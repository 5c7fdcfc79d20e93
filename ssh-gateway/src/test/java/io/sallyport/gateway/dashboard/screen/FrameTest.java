package io.sallyport.gateway.dashboard.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    private static String shown(String text, int columns) {
        Frame frame = new Frame(columns, 1, true);
        frame.area().put(0, 0, text, Tone.PLAIN);
        return frame.text().stripTrailing();
    }

    @Test
    void whatIsBeyondTheEndIsLeftOut() {
        assertEquals("abcd", shown("abcdef", 4));
    }

    @Test
    void aWideCharacterTakesTwoCellsAndIsNeverHalved() {
        assertEquals("漢x", shown("漢xy", 3));
        assertEquals("a", shown("a漢", 2));
        assertEquals("\u1100", shown("\u1100", 2));
        assertEquals(5, Area.length("漢字a", 10));
    }

    @Test
    void whatIsWrittenOverHalfOfAWideCharacterLeavesNoneOfIt() {
        Frame frame = new Frame(4, 1, true);
        frame.area().put(0, 0, "漢字", Tone.PLAIN);
        frame.area().put(1, 0, "x", Tone.PLAIN);
        assertEquals(" x字\n", frame.text());
        frame.area().put(2, 0, "y", Tone.PLAIN);
        assertEquals(" xy\n", frame.text());
    }

    @Test
    void whatIsAddedToACharacterTakesNoCellAndIsBounded() {
        assertEquals("e\u0301x", shown("e\u0301x", 2));
        assertEquals("e\u0301\u0301\u0301x", shown("e" + "\u0301".repeat(1000) + "x", 2));
        assertEquals("x", shown("\u0301x", 2), "there is nothing to add it to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b", "\u0000", "\u0007", "\b", "\n", "\r", "\t", "\u007f", "\u0085", "\u009b", "\u202e", "\u2066",
                "\u200e", "\u2028", "\ufeff", "\ud800", "\ue000", "\uffff", "\u00ad", "\u061c"
            })
    void whatATerminalWouldObeyIsAReplacement(String hostile) {
        assertEquals("a\ufffdb", shown("a" + hostile + "b", 9));
    }

    @Test
    void whatJoinsPicturesIsLeftOut() {
        assertEquals("👩💻", shown("👩🏽\u200d💻\ufe0f", 9));
    }

    @Test
    void withoutUnicodeEverythingIsAscii() {
        Frame frame = new Frame(8, 1, false);
        frame.area().put(0, 0, "─▸é漢x", Tone.PLAIN);
        assertEquals("->??x\n", frame.text());
    }

    @Test
    void aTextThatDoesNotFitSaysSo() {
        Frame frame = new Frame(12, 3, true);
        frame.area().fit(0, 0, 5, "abcdef", Tone.PLAIN);
        frame.area().fit(6, 0, 5, "漢字漢字", Tone.PLAIN);
        frame.area().fit(0, 1, 3, "abc", Tone.PLAIN);
        frame.area().right(0, 2, 6, "abc", Tone.PLAIN);
        assertEquals("abcd… 漢字…\nabc\n   abc\n", frame.text());
    }

    @Test
    void whatIsOutsideOfAPartIsLeftOut() {
        Frame frame = new Frame(6, 3, true);
        Area part = frame.area().part(1, 1, 3, 1);
        part.put(0, 0, "abcdef", Tone.PLAIN);
        part.put(0, 1, "below", Tone.PLAIN);
        part.put(0, -1, "above", Tone.PLAIN);
        part.put(-1, 0, "left", Tone.PLAIN);
        part.part(2, 0, 9, 9).put(0, 0, "xyz", Tone.PLAIN);
        assertEquals("\n abx\n\n", frame.text());
    }
}
