package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"plain\n", "tab\t, return\r\n", "ä€𝄞\n", "\033[31mred\033[0m\n", "\033[38;5;196mcolour\033[m\n"
            })
    void textAndColoursPass(String text) throws IOException {
        assertEquals(text, filtered(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void otherSequencesAreShownAndNotDone() throws IOException {
        assertEquals("^[[2Jx", filtered("\033[2Jx"));
        assertEquals("^[]0;title^G", filtered("\033]0;title\007"));
        assertEquals("^[[?1049h", filtered("\033[?1049h"));
        assertEquals("^[\033[31m", filtered("\033\033[31m"));
        assertEquals("a^Hb^?", filtered("a\bb\177"));
    }

    @Test
    void endlessSequenceIsBounded() throws IOException {
        String digits = "1".repeat(1000);

        assertEquals("^[[" + digits + "m", filtered("\033[" + digits + "m"));
    }

    @Test
    void wrongUtf8AndHiddenControlsAreReplaced() throws IOException {
        assertEquals("\ufffd[31m", filtered("\u009b[31m"));
        assertEquals("\ufffdx", filtered(new byte[] {(byte) 0x9b, 'x'}));
        assertEquals("\ufffdx", filtered(new byte[] {(byte) 0xe2, (byte) 0x82, 'x'}));
        assertEquals("a\ufffdb", filtered("a\u202eb"));
    }

    @Test
    void sequencesMayBeSplitBetweenWrites() throws IOException {
        String text = "\033[1;31mä€𝄞\033[2J\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TerminalFilter filter = new TerminalFilter(out);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            filter.write(b);
        }

        assertEquals("\033[1;31mä€𝄞^[[2J\n", out.toString(StandardCharsets.UTF_8));
    }

    private static String filtered(String text) throws IOException {
        return filtered(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String filtered(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TerminalFilter(out).write(bytes);
        return out.toString(StandardCharsets.UTF_8);
    }
}
