package io.sallyport.builds.cache;

import static io.sallyport.builds.cache.CacheArea.TRUSTED;
import static io.sallyport.builds.cache.CacheArea.UNTRUSTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link CacheStore} promises. */
@Timeout(60)
abstract class CacheStoreContractTest {
    static final CacheLimits WIDE = new CacheLimits(1 << 30, 1 << 30, 1000, 1 << 30);
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private Instant now = START;
    private final InstantSource source = () -> now;
    final Clock clock = source.withZone(ZoneOffset.UTC);

    /** Opens the store anew, on what an earlier one has kept. */
    abstract CacheStore open(CacheLimits limits) throws Exception;

    /** The number of a project that is there. */
    abstract long project(String name);

    /** Removes a project without telling the store. */
    abstract void removeProject(String name);

    final void pass(Duration time) {
        now = now.plus(time);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Bytes that do not become fewer by compression. */
    static byte[] random(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static SavedCache save(CacheStore store, CacheKey key, byte[] tar) throws IOException {
        try (CacheWriter writer = store.write(key).orElseThrow()) {
            writer.tar().write(tar);
            return writer.commit();
        }
    }

    static Optional<String> read(CacheStore store, CacheKey key) throws IOException {
        Optional<CacheEntry> entry = store.find(key);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        OpenedCache.Whole whole = assertInstanceOf(OpenedCache.Whole.class, store.open(entry.get()));
        try (InputStream tar = whole.tar()) {
            return Optional.of(new String(tar.readAllBytes(), UTF_8));
        }
    }

    final CacheKey key(String name) {
        return new CacheKey(project("web"), UNTRUSTED, name);
    }

    @Test
    void whatIsSavedIsFoundAlsoByTheNextStore() throws Exception {
        CacheStore store = open(WIDE);
        assertEquals(Optional.empty(), store.find(key("k")));
        SavedCache.Kept kept = assertInstanceOf(SavedCache.Kept.class, save(store, key("k"), bytes("one")));

        assertEquals(Optional.of(kept.entry()), store.find(key("k")));
        assertEquals(START, kept.entry().saved());
        assertEquals(Optional.of("one"), read(store, key("k")));
        assertEquals(Optional.of("one"), read(open(WIDE), key("k")));
    }

    @Test
    void aLaterContentTakesThePlaceOfAnEarlier() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("k"), bytes("one"));
        CacheEntry old = store.find(key("k")).orElseThrow();
        try (InputStream reading = ((OpenedCache.Whole) store.open(old)).tar()) {
            pass(Duration.ofHours(1));
            save(store, key("k"), bytes("two"));
            assertArrayEquals(bytes("one"), reading.readAllBytes());
        }
        assertEquals(Optional.of("two"), read(store, key("k")));
        assertEquals(
                START.plus(Duration.ofHours(1)),
                store.find(key("k")).orElseThrow().saved());
        assertInstanceOf(OpenedCache.Damaged.class, store.open(old));
        assertEquals(Optional.of("two"), read(store, key("k")), "the new one is not forgotten with the old");
    }

    @Test
    void theSameContentAgainIsUnchangedAndUsed() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("k"), bytes("one"));
        pass(Duration.ofHours(1));
        SavedCache.Unchanged unchanged =
                assertInstanceOf(SavedCache.Unchanged.class, save(store, key("k"), bytes("one")));

        assertEquals(START, unchanged.entry().saved());
        assertEquals(START.plus(Duration.ofHours(1)), unchanged.entry().used());
    }

    @Test
    void readingIsUsing() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("k"), bytes("one"));
        pass(Duration.ofHours(1));
        assertEquals(START, store.find(key("k")).orElseThrow().used());
        read(store, key("k"));

        assertEquals(
                START.plus(Duration.ofHours(1)),
                store.find(key("k")).orElseThrow().used());
    }

    @Test
    void projectsAreasAndNamesAreApart() throws Exception {
        CacheStore store = open(WIDE);
        List<String> names =
                List.of("k", "K", "k/l", "../k", "/", ".", "é", "a\nb", "'; DROP TABLE caches; --", " ", "*");
        for (String name : names) {
            save(store, key(name), bytes("web " + name));
            save(store, key(name).in(TRUSTED), bytes("trusted " + name));
            save(store, new CacheKey(project("other"), UNTRUSTED, name), bytes("other " + name));
        }
        for (String name : names) {
            assertEquals(Optional.of("web " + name), read(store, key(name)));
            assertEquals(Optional.of("trusted " + name), read(store, key(name).in(TRUSTED)));
            assertEquals(Optional.of("other " + name), read(store, new CacheKey(project("other"), UNTRUSTED, name)));
        }
        assertEquals(Optional.empty(), store.find(key("l")));
        assertEquals(2 * names.size(), store.list(project("web")).size());
    }

    @Test
    void anUntrustedBuildReadsBothAreasAndATrustedOneItsOwnOnly() {
        assertEquals(List.of(TRUSTED), TRUSTED.readable());
        assertEquals(List.of(UNTRUSTED, TRUSTED), UNTRUSTED.readable());
        assertEquals(UNTRUSTED, CacheArea.of(false));
    }

    @Test
    void listsAreInTheOrderOfTheNames() throws Exception {
        CacheStore store = open(WIDE);
        for (String name : List.of("b", "a", "c")) {
            save(store, key(name), bytes(name));
        }
        save(store, key("b").in(TRUSTED), bytes("b"));

        assertEquals(
                List.of("a UNTRUSTED", "b TRUSTED", "b UNTRUSTED", "c UNTRUSTED"),
                store.list(project("web")).stream()
                        .map(entry -> entry.key().name() + " " + entry.key().area())
                        .toList());
        assertEquals(List.of(), store.list(project("other")));
    }

    @Test
    void whatIsNotCommittedChangesNothing() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("k"), bytes("one"));
        try (CacheWriter writer = store.write(key("k")).orElseThrow()) {
            writer.tar().write(bytes("two"));
        }
        assertEquals(Optional.of("one"), read(store, key("k")));
    }

    @Test
    void oneWriterPerKey() throws Exception {
        CacheStore store = open(WIDE);
        try (CacheWriter first = store.write(key("k")).orElseThrow()) {
            assertTrue(store.write(key("k")).isEmpty());
            try (CacheWriter other = store.write(key("l")).orElseThrow();
                    CacheWriter trusted = store.write(key("k").in(TRUSTED)).orElseThrow()) {
                assertInstanceOf(SavedCache.Kept.class, other.commit());
                assertInstanceOf(SavedCache.Kept.class, trusted.commit());
            }
            first.commit();
        }
        assertInstanceOf(SavedCache.Unchanged.class, save(store, key("k"), new byte[0]));
    }

    @Test
    void whatIsTooLargeIsRefusedWhileItIsWritten() throws Exception {
        CacheStore store = open(new CacheLimits(1 << 20, 100_000, 10, 300_000));
        CacheTooLargeException packed =
                assertThrows(CacheTooLargeException.class, () -> save(store, key("k"), random(200_000, 1)));
        CacheTooLargeException unpacked =
                assertThrows(CacheTooLargeException.class, () -> save(store, key("k"), new byte[300_001]));

        assertEquals(100_000, packed.limit());
        assertTrue(packed.packed());
        assertEquals(300_000, unpacked.limit());
        assertFalse(unpacked.packed());
        assertEquals(Optional.empty(), store.find(key("k")));
        assertInstanceOf(SavedCache.Kept.class, save(store, key("k"), new byte[300_000]));
    }

    @Test
    void whatWasNotUsedForLongestMakesRoom() throws Exception {
        CacheStore store = open(new CacheLimits(1 << 20, 250_000, 10, 1 << 20));
        for (String name : List.of("a", "b")) {
            save(store, key(name), random(100_000, name.hashCode()));
            pass(Duration.ofMinutes(1));
        }
        read(store, key("a"));
        pass(Duration.ofMinutes(1));
        save(store, key("c"), random(100_000, 7));

        assertEquals(List.of("a", "c"), names(store, "web"));
    }

    @Test
    void aProjectMakesRoomAmongItsOwnAndAllTogetherAmongAll() throws Exception {
        CacheStore store = open(new CacheLimits(350_000, 250_000, 10, 1 << 20));
        long other = project("other");
        save(store, new CacheKey(other, UNTRUSTED, "x"), random(100_000, 1));
        for (String name : List.of("a", "b", "c")) {
            pass(Duration.ofMinutes(1));
            save(store, key(name), random(100_000, name.hashCode()));
        }
        assertEquals(List.of("b", "c"), names(store, "web"));
        assertEquals(List.of("x"), names(store, "other"));

        pass(Duration.ofMinutes(1));
        save(store, new CacheKey(other, UNTRUSTED, "y"), random(100_000, 2));
        assertEquals(List.of("b", "c"), names(store, "web"));
        assertEquals(List.of("y"), names(store, "other"));
    }

    @Test
    void theNewestStaysAlsoWhenTheClockStandsStill() throws Exception {
        CacheStore store = open(new CacheLimits(150_000, 150_000, 10, 1 << 20));
        for (String name : List.of("z", "y", "x")) {
            save(store, key(name), random(100_000, name.hashCode()));
            assertEquals(List.of(name), names(store, "web"));
        }
    }

    @Test
    void thereAreOnlySoManyKeysPerProject() throws Exception {
        CacheStore store = open(new CacheLimits(1 << 20, 1 << 20, 3, 1 << 20));
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(1));
            save(store, key("k" + i), bytes("x"));
        }
        assertEquals(List.of("k7", "k8", "k9"), names(store, "web"));
    }

    @Test
    void smallerLimitsHoldForWhatIsThere() throws Exception {
        CacheStore store = open(WIDE);
        for (String name : List.of("a", "b", "c")) {
            pass(Duration.ofMinutes(1));
            save(store, key(name), random(100_000, name.hashCode()));
        }
        assertEquals(List.of("c"), names(open(new CacheLimits(150_000, 150_000, 10, 1 << 20)), "web"));
    }

    @Test
    void oneOrAllCanBeForgotten() throws Exception {
        CacheStore store = open(WIDE);
        save(store, key("a"), bytes("same"));
        save(store, key("a").in(TRUSTED), bytes("a"));
        save(store, key("b"), bytes("same"));
        save(store, new CacheKey(project("other"), UNTRUSTED, "a"), bytes("same"));

        assertTrue(store.remove(project("web"), "a"));
        assertFalse(store.remove(project("web"), "a"));
        assertEquals(Optional.of("same"), read(store, key("b")), "of the same content");
        assertEquals(1, store.removeAll(project("web")));
        assertEquals(0, store.removeAll(project("web")));
        assertEquals(Optional.of("same"), read(store, new CacheKey(project("other"), UNTRUSTED, "a")));
    }

    @Test
    void aProjectThatIsGoneLeavesNothingToTheNextOfItsName() throws Exception {
        CacheStore store = open(WIDE);
        CacheKey old = key("k");
        save(store, old, bytes("one"));
        try (CacheWriter writer = store.write(old).orElseThrow()) {
            removeProject("web");
            writer.tar().write(bytes("two"));
            assertInstanceOf(SavedCache.NotKept.class, writer.commit());
        }
        CacheStore next = open(WIDE);
        assertEquals(List.of(), next.list(old.project()));
        assertEquals(Optional.empty(), next.find(key("k")));
    }

    @Test
    void manyAtOnceLoseNothing() throws Exception {
        CacheStore store = open(WIDE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SavedCache>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = "k" + i;
                // Every other one of the same content, and some that are forgotten again meanwhile.
                byte[] content = i % 2 == 0 ? bytes("same") : random(50_000, i);
                all.add(threads.submit(() -> save(store, key(name), content)));
                threads.submit(() -> store.remove(project("web"), "other" + name));
            }
            for (Future<SavedCache> each : all) {
                assertInstanceOf(SavedCache.Kept.class, each.get());
            }
        }
        for (int i = 0; i < 40; i++) {
            assertTrue(read(store, key("k" + i)).isPresent(), "k" + i);
        }
    }

    @Test
    void namesHaveBounds() {
        assertTrue(CacheKey.isName("x".repeat(1024)));
        assertFalse(CacheKey.isName("x".repeat(1025)));
        assertFalse(CacheKey.isName(""));
        assertThrows(IllegalArgumentException.class, () -> key(""));
    }

    final List<String> names(CacheStore store, String project) {
        return store.list(project(project)).stream()
                .map(entry -> entry.key().name())
                .toList();
    }
}
