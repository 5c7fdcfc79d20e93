package io.sallyport.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitCacheTest {
    private static final int READERS = 4;
    private static final int COMMITS = 300;

    @TempDir
    Path folder;

    private Database database;
    private CommitCache<String, Integer> cache;
    private final AtomicInteger reads = new AtomicInteger();

    @BeforeEach
    void open() {
        database = Database.open(
                folder.resolve("db"), List.of(List.of("CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (0)")));
        cache = new CommitCache<>(database, 2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int read() {
        reads.incrementAndGet();
        return database.read(connection ->
                Sql.first(connection, "SELECT n FROM t", row -> row.getInt(1)).orElseThrow());
    }

    private int cached(String key) {
        return cache.get(key, asked -> read());
    }

    private void count() {
        database.write(connection -> Sql.update(connection, "UPDATE t SET n = n + 1"));
    }

    @Test
    void isReadOnceBetweenTwoCommits() {
        assertEquals(0, cached("a"));
        assertEquals(0, cached("a"));
        assertEquals(1, reads.get());
        count();
        assertEquals(1, cached("a"));
        assertEquals(1, cached("a"));
        assertEquals(2, reads.get());
    }

    @Test
    void whatIsTooMuchIsReadEachTime() {
        cached("a");
        cached("b");
        cached("c");
        cached("c");
        assertEquals(4, reads.get());
        cached("a");
        assertEquals(4, reads.get());
    }

    @Test
    void nobodyWhoHasSeenACommitReadsWhatWasBefore() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger told = new AtomicInteger();
        List<Future<Integer>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> {
                    int rounds = 0;
                    while (!over.get()) {
                        int known = Math.max(told.get(), read());
                        int cached = cached("a");
                        assertTrue(cached >= known, cached + " after " + known);
                        rounds++;
                    }
                    return rounds;
                }));
            }
            for (int i = 1; i <= COMMITS; i++) {
                count();
                told.set(i);
            }
            over.set(true);
            for (Future<Integer> reader : readers) {
                assertTrue(reader.get() > 0);
            }
        }
        assertEquals(COMMITS, cached("a"));
    }
}
