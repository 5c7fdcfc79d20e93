package io.sallyport.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final List<List<String>> FIRST =
            List.of(List.of("CREATE TABLE t (x INTEGER)", "CREATE INDEX i ON t (x)"));
    private static final List<List<String>> SECOND =
            List.of(FIRST.getFirst(), List.of("ALTER TABLE t ADD COLUMN y TEXT"));

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterReopening() {
        Path file = folder.resolve("db");
        try (Database database = Database.open(file, FIRST)) {
            database.write(c -> execute(c, "INSERT INTO t VALUES (7)"));
        }
        try (Database database = Database.open(file, FIRST)) {
            assertEquals(7, number(database, "SELECT x FROM t"));
        }
    }

    @Test
    void manyWritersAllCommit() throws Exception {
        try (Database database = Database.open(folder.resolve("db"), FIRST)) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 500; i++) {
                    int x = i;
                    threads.submit(() -> database.write(c -> execute(c, "INSERT INTO t VALUES (" + x + ")")));
                }
            }
            assertEquals(500, number(database, "SELECT count(DISTINCT x) FROM t"));
        }
    }

    @Test
    void theWriteAheadLogStaysShort() throws Exception {
        Path file = folder.resolve("db");
        try (Database database = Database.open(file, SECOND)) {
            for (int i = 0; i < 200; i++) {
                database.write(c -> execute(c, "INSERT INTO t VALUES (1, hex(zeroblob(50000)))"));
            }
            assertEquals(200, number(database, "SELECT count(*) FROM t"));
            long bytes = Files.size(folder.resolve("db-wal"));
            assertTrue(bytes < 5 << 20, "of 20 MB: " + bytes);
        }
    }

    @Test
    void workThatThrowsIsUndoneAlone() {
        try (Database database = Database.open(folder.resolve("db"), FIRST)) {
            database.write(c -> execute(c, "INSERT INTO t VALUES (1)"));
            assertThrows(
                    IllegalStateException.class,
                    () -> database.write(c -> {
                        execute(c, "INSERT INTO t VALUES (2)");
                        throw new IllegalStateException("on purpose");
                    }));
            assertThrows(
                    DatabaseException.class, () -> database.write(c -> execute(c, "INSERT INTO nowhere VALUES (1)")));
            assertEquals(1, number(database, "SELECT count(*) FROM t"));
        }
    }

    @Test
    void aCommitIsToldBeforeItsWriterIsAnswered() {
        try (Database database = Database.open(folder.resolve("db"), FIRST)) {
            AtomicInteger told = new AtomicInteger();
            database.onCommit(() -> {
                throw new IllegalStateException("on purpose");
            });
            database.onCommit(told::incrementAndGet);
            for (int i = 1; i <= 20; i++) {
                database.write(c -> execute(c, "INSERT INTO t VALUES (1)"));
                assertEquals(i, told.get());
            }
        }
    }

    @Test
    void anOlderFileIsMigratedAndANewerOneRefused() {
        Path file = folder.resolve("db");
        Database.open(file, FIRST).close();
        Database.open(file, SECOND).close();
        DatabaseException refused = assertThrows(DatabaseException.class, () -> Database.open(file, FIRST));
        assertTrue(refused.getMessage().contains("format 2"), refused.getMessage());
    }

    @Test
    void readersCannotWriteAndAClosedDatabaseSaysSo() {
        Database database = Database.open(folder.resolve("db"), FIRST);
        assertThrows(DatabaseException.class, () -> database.read(c -> execute(c, "INSERT INTO t VALUES (1)")));
        database.close();
        database.close();
        assertThrows(DatabaseException.class, () -> database.write(c -> execute(c, "INSERT INTO t VALUES (1)")));
        assertThrows(DatabaseException.class, () -> number(database, "SELECT 1"));
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static int number(Database database, String sql) {
        return database.read(c -> {
            try (Statement statement = c.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.getInt(1);
            }
        });
    }
}
