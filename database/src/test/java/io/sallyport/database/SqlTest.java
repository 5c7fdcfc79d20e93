package io.sallyport.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements are kept for their next use; nobody notices but by the time that it takes. */
class SqlTest {
    private static final String NEXT = "SELECT x FROM t WHERE x > ? ORDER BY x LIMIT 1";

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database =
                Database.open(folder.resolve("db"), List.of(List.of("CREATE TABLE t (x INTEGER PRIMARY KEY, y TEXT)")));
        for (int x = 1; x <= 3; x++) {
            int value = x;
            database.write(c -> Sql.insert(c, "INSERT INTO t VALUES (?, ?)", value, null));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachUseHasItsOwnArguments() {
        assertEquals(Optional.of(1L), next(0));
        assertEquals(Optional.of(3L), next(2));
        assertEquals(Optional.empty(), next(3));
    }

    @Test
    void whatWasReadIsNotHeldOn() {
        assertEquals(Optional.of(3L), next(2)); // not read to its end
        database.write(c -> Sql.update(c, "UPDATE t SET x = 30 WHERE x = ?", 3));

        assertEquals(Optional.of(30L), next(2));
    }

    @Test
    void theSameStatementWithinItself() {
        List<List<Long>> chains = database.read(c -> Sql.list(
                c,
                NEXT,
                row -> {
                    long first = row.getLong(1);
                    long second =
                            Sql.first(c, NEXT, inner -> inner.getLong(1), first).orElseThrow();
                    return List.of(first, second, row.getLong(1));
                },
                0));

        assertEquals(List.of(List.of(1L, 2L, 1L)), chains);
    }

    @Test
    void afterAFailureItWorksAgain() {
        String insert = "INSERT INTO t VALUES (?, ?)";
        assertThrows(DatabaseException.class, () -> database.write(c -> Sql.update(c, insert, 1, "twice")));

        long row = database.write(c -> Sql.insert(c, insert, 4, "once"));
        assertEquals(4, row);
    }

    @Test
    void anyNumberOfTexts() {
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String text = "SELECT max(x) + " + i % 250 + " FROM t";
            database.read(
                    c -> found.add(Sql.first(c, text, row -> row.getLong(1)).orElseThrow()));
        }

        assertEquals(3 + 999 % 250, found.getLast());
    }

    private Optional<Long> next(long after) {
        return database.read(c -> Sql.first(c, NEXT, row -> row.getLong(1), after));
    }
}
