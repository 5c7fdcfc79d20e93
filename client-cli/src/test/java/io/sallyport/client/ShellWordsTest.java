package io.sallyport.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    private static final String ALPHABET = "aZ0 '\"\\$`!*?[]{}()<>|&;#~=%\t\nä€𝄞-";

    @Test
    void plainWordsStayAsTheyAre() {
        assertEquals(
                "GET /builds/42/log offset=17 'labels.why=a b' ''",
                ShellWords.join(List.of("GET", "/builds/42/log", "offset=17", "labels.why=a b", "")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shellGivesBackEveryWord(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            words.add(word(random));
        }

        assertEquals(words, splitByShell(ShellWords.join(words)));
    }

    @Test
    void nulIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ShellWords.quote("a\0b"));
    }

    private static String word(Random random) {
        int[] letters = ALPHABET.codePoints().toArray();
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            word.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return word.toString();
    }

    private static List<String> splitByShell(String line) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", "printf '%s\\0' " + line).start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor());
        return List.of(output.substring(0, output.length() - 1).split("\0", -1));
    }
}
