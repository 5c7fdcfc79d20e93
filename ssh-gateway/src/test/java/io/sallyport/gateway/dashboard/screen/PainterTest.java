package io.sallyport.gateway.dashboard.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PainterTest {
    private static final String[] PIECES = {"a", "bc", " ", "漢", "é", "─", "e\u0301", "💻", "   ", "\u001b[31m", "…"};

    private static Frame frame(String... lines) {
        Frame frame = new Frame(10, lines.length, true);
        for (int i = 0; i < lines.length; i++) {
            frame.area().put(0, i, lines[i], Tone.PLAIN);
        }
        return frame;
    }

    @Test
    void onlyWhatHasChangedIsWritten() {
        Painter painter = new Painter(Depth.SIXTEEN);
        painter.paint(frame("one two", "three"));
        assertEquals("\u001b[1;5HTWO", painter.paint(frame("one TWO", "three")));
        assertEquals("", painter.paint(frame("one TWO", "three")));
        assertEquals("\u001b[2;3H\u001b[K", painter.paint(frame("one TWO", "th")));
    }

    @Test
    void allOfItIsWrittenToATerminalThatShowsSomethingElse() {
        Painter painter = new Painter(Depth.SIXTEEN);
        painter.paint(frame("one"));
        painter.forget();
        assertTrue(painter.paint(frame("one")).endsWith("\u001b[2Jone"));
    }

    /** Whatever was shown before, the terminal then shows what one does that was painted from the start. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aTerminalShowsTheLastFrame(long seed) {
        Random random = new Random(seed);
        Painter painter = new Painter(Depth.TRUE);
        Emulator terminal = new Emulator(12, 4);
        for (int i = 0; i < 200; i++) {
            Frame frame = new Frame(12, 4, true);
            for (int line = 0; line < 4; line++) {
                for (int piece = random.nextInt(6); piece > 0; piece--) {
                    Tone tone = Tone.values()[random.nextInt(Tone.values().length)];
                    frame.area().put(random.nextInt(12), line, PIECES[random.nextInt(PIECES.length)], tone);
                }
            }
            terminal.write(painter.paint(frame));
            Emulator fresh = new Emulator(12, 4);
            fresh.write(new Painter(Depth.TRUE).paint(frame));
            assertEquals(fresh.screen(), terminal.screen(), "frame " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void coloursAreThoseThatTheTerminalHas(Depth depth) {
        Frame frame = new Frame(1, 1, true);
        frame.area().put(0, 0, "x", new Style(Style.rgb(255, 0, 0), Style.USUAL, Style.BOLD));
        String expected = switch (depth) {
            case MONO -> "\u001b[0;1m";
            case SIXTEEN -> "\u001b[0;1;91m";
            case PALETTE -> "\u001b[0;1;38;5;196m";
            case TRUE -> "\u001b[0;1;38;2;255;0;0m";
        };
        assertTrue(new Painter(depth).paint(frame).endsWith(expected + "x"));
    }

    @Test
    void nothingOfAForeignSequenceIsLeft() {
        String painted = new Painter(Depth.TRUE).paint(frame("\u001b]0;title\u0007", "\u009b2J\u202e"));
        assertFalse(painted.contains("\u001b]"), painted);
        assertFalse(painted.contains("\u0007") || painted.contains("\u009b") || painted.contains("\u202e"));
    }
}
