package io.sallyport.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void showsRatioGoalAndMark() {
        String table = Table.of(List.of(
                new Row("fast", "ms", 100, 10, new Goal.AtMost(0.12)),
                new Row("slow", "MiB/s", 1000, 1400, new Goal.AtLeast(1.5)),
                new Row("job", "ms", 3, 18.5, new Goal.Within(15, "ms")),
                new Row("alone", "KiB", Double.NaN, 43.5, Goal.NONE)));

        assertEquals("""
                | measure | unit  | sshd | gateway | ratio | goal     |       |
                |---------|-------|-----:|--------:|------:|----------|-------|
                | fast    | ms    |  100 |    10.0 | 0.100 | ≤ 0.12 × | ok    |
                | slow    | MiB/s | 1000 |    1400 | 1.400 | ≥ 1.5 ×  | SHORT |
                | job     | ms    | 3.00 |    18.5 | +15.5 | ≤ +15 ms | SHORT |
                | alone   | KiB   |      |    43.5 |       |          |       |
                """, table);
    }

    @Test
    void theMedianIsTheMiddle() {
        assertEquals(2, Median.of(List.of(9.0, 1.0, 2.0)));
        assertEquals(3, Median.of(List.of(4.0, 1.0, 2.0, 9.0)));
        assertThrows(IllegalArgumentException.class, () -> Median.of(List.of()));
    }

    @Test
    void sidesTakeTurnsAndTheFirstTurnDoesNotCount() throws Exception {
        StringBuilder turns = new StringBuilder();
        Medians medians = new Rounds()
                .side("a", () -> turns.append('a').length())
                .side("b", () -> turns.append('b').length())
                .run(2);

        assertEquals("ababab", turns.toString());
        assertEquals(4, medians.of("a"));
        assertEquals(5, medians.of("b"));
    }

    @Test
    void wordsOfTheCommandLine() {
        Options options = Options.of(List.of("--quick", "--only", "up,down", "--dir", "/somewhere"));

        assertEquals(Effort.QUICK, options.effort());
        assertEquals(List.of("up", "down"), options.only());
        assertEquals("/somewhere", options.parent().toString());
        Exception wrong = assertThrows(IllegalArgumentException.class, () -> Options.of(List.of("--fast")));
        assertTrue(wrong.getMessage().contains("--fast"));
    }
}
