package io.sallyport.handlers.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCursorsTest {
    private static final EventCursor CURSOR = new EventCursor(4711, 17, -3);

    private final byte[] secret = new byte[32];
    private final EventCursors cursors = new EventCursors(secret);

    @Test
    void aCursorComesBackAndIsTheSameWordEachTime() {
        String word = cursors.write("ann", CURSOR);

        assertEquals(48, word.length());
        assertEquals(Optional.of(CURSOR), cursors.read("ann", word));
        assertEquals(word, new EventCursors(secret.clone()).write("ann", CURSOR));
    }

    @Test
    void itIsOfUseToNobodyElseAndWithNoOtherSecret() {
        String word = cursors.write("ann", CURSOR);
        byte[] other = new byte[32];
        Arrays.fill(other, (byte) 1);

        assertEquals(Optional.empty(), cursors.read("ben", word));
        assertEquals(Optional.empty(), new EventCursors(other).read("ann", word));
        assertNotEquals(word, cursors.write("ben", CURSOR));
    }

    @Test
    void neighboursHaveNothingInCommonAndNoBitCanBeChanged() {
        Set<String> heads = new HashSet<>();
        Set<String> tails = new HashSet<>();
        for (long position = 0; position < 1000; position++) {
            String word = cursors.write("ann", new EventCursor(position, 1, 0));
            heads.add(word.substring(0, 8));
            tails.add(word.substring(40));
        }
        assertEquals(1000, heads.size());
        assertEquals(1000, tails.size());

        String word = cursors.write("ann", CURSOR);
        for (int i = 0; i < word.length(); i++) {
            char changed = word.charAt(i) == 'A' ? 'B' : 'A';
            String forged = word.substring(0, i) + changed + word.substring(i + 1);
            assertTrue(cursors.read("ann", forged).isEmpty(), forged);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "AAAA", "cursor", "%%%%", "ÄÄÄÄ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoneIsNone(String text) {
        assertEquals(Optional.empty(), cursors.read("ann", text));
    }
}
