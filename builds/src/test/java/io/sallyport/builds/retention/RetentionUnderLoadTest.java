package io.sallyport.builds.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Project;
import io.sallyport.builds.blob.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds of the same few sources and artifacts are recorded by several at once, with records and blobs on a real disk.
 * Most of them grow old soon, so that runs, one after the other, take their names away again and collect the blobs at the
 * moment when others are about to name them.
 */
class RetentionUnderLoadTest {
    private static final int SUBMITTERS = 4;
    private static final int BUILDS = 60;
    /** Of each submitter at least; they go on until there was danger {@code ENOUGH}, and give up after {@code MOST}. */
    private static final int MOST = 100 * BUILDS;

    private static final long ENOUGH = 10;
    private static final int CONTENTS = 8;

    /** Builds between the beginnings of two runs: with more of them, each content would be named by some all the time. */
    private static final int BETWEEN_RUNS = 12;

    @TempDir
    Path folder;

    @Test
    void nothingThatIsNamedIsEverLost() throws Exception {
        Map<Long, String> young = new ConcurrentHashMap<>();
        AtomicLong collected = new AtomicLong();
        int runs = 0;
        try (Storehouse house = new Storehouse(folder);
                Retention retention = house.retention(Storehouse.RULES, 0)) {
            Project web = house.project("web");
            AtomicBoolean over = new AtomicBoolean();
            Semaphore pace = new Semaphore(0);
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                List<Future<?>> submitters = new ArrayList<>();
                for (int i = 0; i < SUBMITTERS; i++) {
                    Random random = new Random(i);
                    submitters.add(threads.submit(() -> {
                        for (int build = 0; build < BUILDS || collected.get() < ENOUGH && build < MOST; build++) {
                            pace.acquire();
                            submit(house, web, random, young);
                        }
                        return null;
                    }));
                }
                Future<?> end = threads.submit(() -> {
                    try {
                        for (Future<?> submitter : submitters) {
                            submitter.get();
                        }
                    } finally {
                        over.set(true);
                    }
                    return null;
                });
                while (!over.get()) {
                    pace.release(BETWEEN_RUNS);
                    Report report = retention.runNow().orElseThrow();
                    collected.addAndGet(report.blobs().removed());
                    runs++;
                }
                end.get();
            }
            retention.runNow().orElseThrow();

            for (Map.Entry<Long, String> build : young.entrySet()) {
                requireAll(house, build.getKey(), build.getValue());
            }
            assertEquals(named(house), stored(house));
        }
        assertTrue(runs > 3 && collected.get() >= ENOUGH, "runs " + runs + ", collected " + collected + ": no danger");
    }

    /** It has all it needs as long as it is young; most grow old at once. */
    private static void submit(Storehouse house, Project web, Random random, Map<Long, String> young) throws Exception {
        String content = "content " + random.nextInt(CONTENTS);
        long build = house.build(web)
                .source(content)
                .artifact("build", "dist/a", content)
                .artifact("build", "dist/b", content + " b")
                .days(1);
        requireAll(house, build, content);
        if (random.nextInt(BUILDS) == 0) {
            young.put(build, content);
        } else {
            long days =
                    Duration.ofDays(List.of(15, 25, 150).get(random.nextInt(3))).toMillis();
            house.update("UPDATE builds SET finished = finished - " + days + " WHERE id = " + build);
        }
    }

    private static void requireAll(Storehouse house, long build, String content) throws Exception {
        require(house, house.builds.build(build).orElseThrow().source().blob().digest(), content);
        List<Artifact> artifacts = house.builds.artifacts(build);
        assertEquals(2, artifacts.size());
        require(house, artifacts.getFirst().blob().digest(), content);
        require(house, artifacts.getLast().blob().digest(), content + " b");
    }

    private static void require(Storehouse house, Digest digest, String content) throws Exception {
        Path file = house.blobs.file(digest).orElseThrow(() -> new AssertionError("lost: " + content));
        assertArrayEquals(content.getBytes(UTF_8), Files.readAllBytes(file));
    }

    private static Set<String> named(Storehouse house) {
        Set<String> named = new TreeSet<>();
        BlobRecords records = new BlobRecords(house.database);
        for (var blob = records.next(Optional.empty());
                blob.isPresent();
                blob = records.next(blob.map(found -> found.digest()))) {
            named.add(blob.get().digest().hex());
        }
        return named;
    }

    private static Set<String> stored(Storehouse house) throws Exception {
        Set<String> stored = new TreeSet<>();
        try (var all = Files.walk(house.folder.resolve("blobs"))) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> stored.add(file.getFileName().toString()));
        }
        return stored;
    }
}
