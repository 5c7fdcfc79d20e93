package io.sallyport.gateway.dashboard.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogWindowTest {
    private static final int MOST = 10_000;

    private final LogWindow window = new LogWindow(MOST);

    private static JsonNode record(long offset, String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("offset", offset)
                .put("stream", "out")
                .put("job", "j")
                .put("text", text);
    }

    private static List<String> texts(LogWindow.Look look) {
        return look.lines().stream().map(LogLine::text).toList();
    }

    @Test
    void whileItFollowsWhatIsOldestGoes() throws InterruptedException {
        for (int i = 0; i < 100_000; i++) {
            window.add(record(i * 10L, "line " + i + "\n"));
        }
        assertEquals(List.of("line 99998", "line 99999"), texts(window.atEnd(2)));
        assertTrue(window.cost() <= MOST, () -> "cost " + window.cost());
        assertTrue(window.first() > 0);
    }

    @Test
    void whatIsLookedAtStaysAndTheReaderWaits() throws Exception {
        window.clear(false);
        window.at(0, 0, 5);
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 1000; i++) {
                    window.add(record(i * 10L, "line " + i + "\n"));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (window.cost() <= MOST) {
            Thread.onSpinWait();
        }
        assertEquals("line 0", texts(window.at(0, 0, 5)).getFirst());
        assertTrue(reader.isAlive());
        long place = 0;
        while (reader.isAlive() || place < 9900) { // looking further lets it read further
            LogWindow.Look look = window.at(place, 3, 5);
            place = look.lines().getFirst().offset();
            assertTrue(window.cost() < 2 * MOST, "bounded");
        }
        assertTrue(window.first() > 0, "what was left behind is gone");
    }

    @Test
    void aLineInPiecesIsOne() throws InterruptedException {
        window.add(record(0, "one "));
        window.add(record(4, "two"));
        window.add(record(7, "\n"));
        window.add(record(8, "three\n"));
        assertEquals(List.of("one two", "three"), texts(window.atEnd(5)));
    }

    @Test
    void whatComesAgainReplacesWhatWasThere() throws InterruptedException {
        window.add(record(0, "one\n"));
        window.add(record(4, "tw"));
        window.add(record(4, "two\n"));
        assertEquals(List.of("one", "two"), texts(window.atEnd(5)));
    }

    @Test
    void anEndlessLineCostsNoMoreThanALongOne() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            window.add(record(i * 8000L, "x".repeat(8000)));
        }
        assertEquals(1, window.atEnd(5).lines().size());
        assertEquals(2000, window.atEnd(5).lines().getFirst().text().length());
        assertFalse(window.cost() > MOST);
    }

    @Test
    void aPlaceIsFoundByItsOffset() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            window.add(record(i * 10L, "line " + i + "\n"));
        }
        assertEquals(List.of("line 5", "line 6"), texts(window.at(57, 0, 2)));
        assertEquals(List.of("line 2", "line 3"), texts(window.at(50, -3, 2)));
        assertFalse(window.at(200, 0, 2).reached());
        assertEquals(List.of("line 0"), texts(window.at(0, -5, 1)));
    }
}
