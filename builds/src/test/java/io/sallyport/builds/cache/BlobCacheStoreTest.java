package io.sallyport.builds.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCacheStoreTest extends CacheStoreContractTest {
    @TempDir
    Path temp;

    private Database database;
    private SqliteProjectStore projects;
    private EventLog events;
    private Path folder;

    @BeforeEach
    void make() throws IOException {
        database = Database.open(temp.resolve("db.sqlite"), Schema.MIGRATIONS);
        events = EventLog.open(database, clock, new EventSettings(1000, Duration.ofDays(1)));
        projects = new SqliteProjectStore(database, events, clock);
        folder = Files.createDirectory(temp.resolve("cache"));
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    @Override
    CacheStore open(CacheLimits limits) throws IOException {
        return BlobCacheStore.open(database, folder, limits, clock);
    }

    @Override
    long project(String name) {
        return projects.put(name, ProjectSettings.DEFAULTS, "root").project().id();
    }

    @Override
    void removeProject(String name) {
        assertTrue(projects.remove(name, "root"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void equalContentsAreOneFileAndWhatNothingNamesIsRemoved() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("a"), bytes("same"));
        save(store, key("b"), bytes("same"));
        assertEquals(1, files().size());
        store.remove(project("web"), "a");
        assertEquals(1, files().size());
        save(store, key("b"), bytes("other"));
        assertEquals(1, files().size());
        store.removeAll(project("web"));
        assertEquals(List.of(), files());
    }

    @Test
    void aContentIsATarThatZstdReads() throws Exception {
        save(open(WIDE), key("a"), bytes("content"));
        Process zstd = new ProcessBuilder(
                        "sh",
                        "-c",
                        "command -v zstd >/dev/null || { printf content; exit; }; zstd -dc < \"$0\"",
                        files().getFirst().toString())
                .start();

        assertEquals(
                "content", new String(zstd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aChangedByteIsNoticedBeforeAnythingIsGivenOut() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("a"), random(100_000, 1));
        Path file = files().getFirst();
        byte[] damaged = Files.readAllBytes(file);
        damaged[50_000] ^= 1;
        Files.write(file, damaged);
        CacheEntry entry = store.find(key("a")).orElseThrow();

        OpenedCache.Damaged found = assertInstanceOf(OpenedCache.Damaged.class, store.open(entry));
        assertEquals("its bytes have changed", found.reason());
        assertEquals(Optional.empty(), store.find(key("a")));
        assertEquals(List.of(), files());
        assertInstanceOf(SavedCache.Kept.class, save(store, key("a"), random(100_000, 1)));
        assertTrue(read(store, key("a")).isPresent(), "the same content saved anew is whole");
    }

    @Test
    void aMissingOrCutFileIsForgotten() throws Exception {
        CacheStore store = open(WIDE);
        for (int length : List.of(-1, 0, 50)) {
            save(store, key("a"), random(1000, 1));
            Path file = files().getFirst();
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            if (length >= 0) {
                Files.write(file, java.util.Arrays.copyOf(whole, length));
            }
            CacheEntry entry = store.find(key("a")).orElseThrow();

            assertInstanceOf(OpenedCache.Damaged.class, store.open(entry));
            assertEquals(Optional.empty(), store.find(key("a")));
        }
    }

    @Test
    void filesThatNothingNamesAreRemovedAtTheStart() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("a"), bytes("kept"));
        Path kept = files().getFirst();
        Path orphan = Files.createDirectory(folder.resolve("blobs/sha256/ff")).resolve("f".repeat(64));
        Files.writeString(orphan, "left by a crash between the file and the index");
        Path unfinished = folder.resolve("blobs/tmp/unfinished");
        Files.writeString(unfinished, "left by a crash within the file");
        open(WIDE);

        assertEquals(List.of(kept), files());
    }

    @Test
    void aSaveThatIsGivenUpLeavesNothing() throws Exception {
        CacheStore store = open(WIDE);
        try (CacheWriter writer = store.write(key("a")).orElseThrow()) {
            writer.tar().write(random(1_000_000, 1));
        }
        assertEquals(List.of(), files());
    }
}
