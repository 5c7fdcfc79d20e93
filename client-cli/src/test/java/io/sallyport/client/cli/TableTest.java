package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private final Table table = new Table("ID", "REF", "TOOK", "WHY");

    @Test
    void theLastColumnGivesWayToTheWidthOfTheTerminal() {
        row("7", "main", "3.1 s", "the script ended with 7");

        assertEquals(
                "ID  REF   TOOK   WHY\n7   main  3.1 s  the script ended with 7\n",
                table.text(new Paint(false), OptionalInt.empty()));
        assertEquals(
                "ID  REF   TOOK   WHY\n7   main  3.1 s  the script ende…\n",
                table.text(new Paint(false), OptionalInt.of(33)));
    }

    @Test
    void thenTheWidestDoes() {
        row("7", "feature/a-long-name-of-a-branch", "3.1 s", "the script ended with 7");

        assertEquals(
                "ID  REF               TOOK   WHY\n7   feature/a-long-…  3.1 s  the script end…\n",
                table.text(new Paint(false), OptionalInt.of(44)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 80})
    void noLineIsWiderThanTheTerminal(int room) {
        row("7", "feature/a-long-name-of-a-branch", "3.1 s", "the script ended with 7");

        assertTrue(table.text(new Paint(false), OptionalInt.of(room)).lines().allMatch(line -> line.length() <= room));
    }

    private void row(String... texts) {
        table.add(Arrays.stream(texts).map(Table.Cell::of).toArray(Table.Cell[]::new));
    }
}
