package io.sallyport.builds.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCollectionTest {
    private static final int SUBMITTERS = 6;
    private static final int ROUNDS = 150;
    private static final int MANY = 3000;
    private static final int CONTENTS = 12;

    @TempDir
    Path folder;

    /** Stands for the records: what is in here is named. */
    private final Map<Digest, Integer> records = new ConcurrentHashMap<>();

    private FileBlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileBlobStore.open(folder);
    }

    @Test
    void whatIsNamedStaysAndTheRestGoes() throws Exception {
        Blob kept = put("kept");
        Blob lost = put("lost");
        record(kept.digest());

        Collected collected = collect();

        assertEquals(new Collected(2, 1, lost.bytes(), 0), collected);
        assertTrue(store.read(kept.digest()).isPresent());
        assertFalse(store.read(lost.digest()).isPresent());
        assertEquals(new Collected(1, 0, 0, 0), collect());
    }

    @Test
    void aCommittedBlobIsHeldUntilItsWriterIsClosed() throws Exception {
        Digest digest;
        try (BlobWriter writer = store.create()) {
            writer.write(ByteBuffer.wrap("in flight".getBytes(UTF_8)));
            digest = writer.commit().digest();
            collect();
            assertTrue(store.read(digest).isPresent());
        }
        collect();
        assertFalse(store.read(digest).isPresent());
    }

    @Test
    void aHoldKeepsWhatWasMadeInItAndWhatWasThereBefore() throws Exception {
        Digest old = put("old").digest();
        Digest fresh;
        try (BlobHold hold = store.hold()) {
            try (BlobHold other = store.hold()) {
                assertTrue(hold.keep(old));
                assertTrue(hold.keep(old));
                assertTrue(other.keep(old));
                assertFalse(hold.keep(new Digest("ab".repeat(32))));
            }
            try (BlobWriter writer = hold.create()) {
                writer.write(ByteBuffer.wrap("fresh".getBytes(UTF_8)));
                fresh = writer.commit().digest();
            }
            collect();
            assertTrue(store.read(old).isPresent());
            assertTrue(store.read(fresh).isPresent());
        }
        assertEquals(2, collect().removed());
    }

    @Test
    void whatADeadWriterLeftGoesAndWhatIsBeingWrittenStays() throws Exception {
        Path left = Files.writeString(folder.resolve("blobs/tmp/left"), "half");
        try (BlobWriter writer = store.create()) {
            writer.write(ByteBuffer.wrap("half".getBytes(UTF_8)));

            assertEquals(1, collect().unfinished());

            assertFalse(Files.exists(left));
            assertTrue(Files.exists(writer.file()));
            record(writer.commit().digest());
        }
        assertEquals(new Collected(1, 0, 0, 0), collect());
    }

    @Test
    void filesThatAreNoBlobsAreLeftAlone() throws Exception {
        put("lost");
        Path strange = Files.writeString(folder.resolve("blobs/sha256/" + shardOf("lost") + "/README"), "mine");

        assertEquals(1, collect().looked());

        assertTrue(Files.exists(strange));
    }

    @Test
    void askedAboutManyBlobsItAsksForAFewAtATime() throws Exception {
        Path shard = Files.createDirectory(folder.resolve("blobs/sha256/ab"));
        for (int i = 0; i < MANY; i++) {
            Digest digest = new Digest("ab" + "%062x".formatted(i));
            Files.createFile(shard.resolve(digest.hex()));
            record(digest);
        }
        AtomicLong largest = new AtomicLong();

        Collected collected = store.collect(
                digests -> {
                    largest.accumulateAndGet(digests.size(), Math::max);
                    return named(digests);
                },
                new Pace(10_000_000));

        assertEquals(new Collected(MANY, 0, 0, 0), collected);
        assertTrue(largest.get() <= 256, largest::toString);
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        put("lost");
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> store.collect(this::named, new Pace(1)));
    }

    @Test
    void whatIsRecordedAfterTheFirstLookIsSeenByTheLast() throws Exception {
        Digest digest = put("late").digest();

        Collected collected = store.collect(
                digests -> {
                    Set<Digest> before = named(digests);
                    record(digest);
                    return before;
                },
                new Pace(1_000));

        assertEquals(new Collected(1, 0, 0, 0), collected);
        assertTrue(store.read(digest).isPresent());
    }

    @Test
    void aBlobCommittedWhileItIsBeingRemovedIsThereAfterwards() throws Exception {
        Digest digest = put("again").digest();
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<Thread> writing = new AtomicReference<>();
        try (BlobWriter writer = store.create()) {
            writer.write(ByteBuffer.wrap("again".getBytes(UTF_8)));
            Collected collected = store.collect(
                    digests -> {
                        if (calls.incrementAndGet() == 2) { // the look that decides
                            Thread thread = Thread.ofPlatform().start(() -> commit(writer));
                            writing.set(thread);
                            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                                Thread.onSpinWait();
                            }
                        }
                        return Set.of();
                    },
                    new Pace(1_000));
            writing.get().join();

            assertEquals(1, collected.removed());
            assertTrue(store.read(digest).isPresent());
        }
    }

    /**
     * Submitters make the same few contents again and again, record them, see that they are there as long as they are
     * recorded, and forget them; meanwhile everything that is not named is being collected all the time.
     */
    @Test
    void nothingThatIsRecordedIsEverLostToCollectorsThatRunAllTheTime() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong removed = new AtomicLong();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> collectors = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                collectors.add(threads.submit(() -> {
                    while (!over.get()) {
                        removed.addAndGet(collect().removed());
                    }
                    return null;
                }));
            }
            List<Future<?>> submitters = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                Random random = new Random(i);
                submitters.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        submit(random);
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> submitter : submitters) {
                    submitter.get();
                }
            } finally {
                over.set(true);
            }
            for (Future<?> collector : collectors) {
                collector.get();
            }
        }
        assertTrue(removed.get() > ROUNDS, () -> "only " + removed + " were removed: nobody was in danger");
        collect();
        try (Stream<Path> all = Files.walk(folder)) {
            assertEquals(List.of(), all.filter(Files::isRegularFile).toList());
        }
    }

    private void submit(Random random) throws IOException {
        String content = "content " + random.nextInt(CONTENTS);
        Digest digest;
        try (BlobWriter writer = store.create()) {
            writer.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
            digest = writer.commit().digest();
            if (random.nextBoolean()) {
                Thread.yield();
            }
            record(digest);
        }
        for (int look = 0; look < 3; look++) {
            requireContent(content, digest);
        }
        if (random.nextBoolean()) { // built again: the same blob named once more, without being written
            try (BlobHold hold = store.hold()) {
                assertTrue(hold.keep(digest), "named and not there: " + content);
                forget(digest);
                requireContent(content, digest);
                record(digest);
            }
            requireContent(content, digest);
        }
        forget(digest);
    }

    private void requireContent(String content, Digest digest) throws IOException {
        Path file = store.file(digest).orElseThrow(() -> new AssertionError("named and not there: " + content));
        assertArrayEquals(content.getBytes(UTF_8), Files.readAllBytes(file));
    }

    private void record(Digest digest) {
        records.merge(digest, 1, Integer::sum);
    }

    private void forget(Digest digest) {
        records.computeIfPresent(digest, (key, count) -> count == 1 ? null : count - 1);
    }

    private Set<Digest> named(java.util.Collection<Digest> digests) {
        return digests.stream().filter(records::containsKey).collect(Collectors.toSet());
    }

    private Collected collect() throws IOException, InterruptedException {
        return store.collect(this::named, new Pace(10_000_000));
    }

    private static void commit(BlobWriter writer) {
        try {
            writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Blob put(String text) throws IOException {
        try (BlobWriter writer = store.create()) {
            writer.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            return writer.commit();
        }
    }

    private String shardOf(String text) throws IOException {
        return put(text).digest().hex().substring(0, 2);
    }
}
