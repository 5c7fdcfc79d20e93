package io.sallyport.gateway.dashboard.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private final Keys keys = new Keys();

    private List<String> read(byte[] bytes) {
        List<String> all = new ArrayList<>();
        for (byte b : bytes) {
            keys.take(b & 0xff).ifPresent(key -> all.add(name(key)));
        }
        return all;
    }

    private List<String> read(String text) {
        return read(text.replace('^', '\u001b').getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Key key) {
        return key.name() == Key.Name.CHARACTER
                ? Character.toString(key.character())
                : key.name().toString();
    }

    @ParameterizedTest
    @CsvSource({
        "^[A, UP", "^OB, DOWN", "^[C, RIGHT", "^[D, LEFT", "^[1;5A, UP", "^[5~, PAGE_UP", "^[6~, PAGE_DOWN",
        "^[1~, HOME", "^[7~, HOME", "^[H, HOME", "^OF, END", "^[4~, END", "^[8~, END", "^[Z, BACK_TAB"
    })
    void sequencesAreKeys(String bytes, String key) {
        assertEquals(List.of(key), read(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^]4;200;rgb:ff/ff/ff^\\",
                "^]4;200;rgb:ff/ff/ff\u0007",
                "^P>|xterm(380)^\\",
                "^_r^[A^\\",
                "^[M !!",
                "^[<0;3;4M",
                "^[<0;3;4m",
                "^[12;40R",
                "^[?1;2c"
            })
    void whatATerminalAnswersIsNoKey(String answer) {
        assertEquals(List.of("x"), read(answer + "x"));
    }

    @Test
    void whatIsPastedIsNoKeyThatDoesSomething() {
        assertEquals(List.of("x", "PASTED", "PASTED", "PASTED", "r"), read("x^[200~ra\r\n\u0004^[Aé^[201~r"));
        assertEquals(List.of("PASTED", "INTERRUPT", "r"), read("^[200~c\u0003r"), "Ctrl-C ends one without an end");
    }

    @Test
    void anAnswerThatDoesNotEndIsOverWhenNothingMoreComes() {
        assertEquals(List.of(), read("^]4;200"));
        assertTrue(keys.inDoubt());
        assertTrue(keys.settle().isEmpty());
        assertEquals(List.of("x"), read("x"));
    }

    @Test
    void controlCharactersAreKeys() {
        assertEquals(
                List.of(
                        "INTERRUPT",
                        "END_OF_INPUT",
                        "BACKSPACE",
                        "BACKSPACE",
                        "TAB",
                        "ENTER",
                        "ENTER",
                        "REDRAW",
                        "KILL"),
                read("\u0003\u0004\b\u007f\t\n\r\u000c\u0015"));
    }

    @Test
    void escapeAloneIsAKeyOnceNothingFollows() {
        assertEquals(List.of(), read("^"));
        assertTrue(keys.inDoubt());
        assertEquals(Key.of(Key.Name.ESCAPE), keys.settle().orElseThrow());
        assertEquals(List.of("[", "A"), read("[A"));
        assertEquals(List.of("ESCAPE", "UP"), read("^^[A"));
    }

    @Test
    void charactersBeyondAsciiAreWhole() {
        assertEquals(List.of("é", "漢", "💻", "x"), read("é漢💻x"));
    }

    @Test
    void whatIsNoKeyIsLeftOut() {
        assertEquals(List.of("q"), read("^[2~^[?1;2c^[M^[9999999999999~^xq".replace("^[M", "")));
        assertEquals(
                List.of("q"), read(new byte[] {(byte) 0xc0, (byte) 0x80, (byte) 0xff, (byte) 0xe2, (byte) 0x82, 'q'}));
        assertEquals(
                List.of("q"), read(new byte[] {(byte) 0xc2, (byte) 0x9b, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'q'}));
    }

    /** Nothing that comes harms the keys after it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void afterAnyBytesThereAreKeysAgain(long seed) {
        byte[] bytes = new byte[10_000];
        new Random(seed).nextBytes(bytes);
        read(bytes);
        read("~~");
        keys.settle();
        assertEquals(List.of("a", "UP"), read("a^[A"));
    }
}
