package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.cache.BlobCacheStore;
import io.sallyport.builds.cache.CacheArea;
import io.sallyport.builds.cache.CacheEntry;
import io.sallyport.builds.cache.CacheKey;
import io.sallyport.builds.cache.CacheLimits;
import io.sallyport.builds.cache.CacheStore;
import io.sallyport.builds.cache.CacheWriter;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.process.ProcessExecutor;
import io.sallyport.builds.executor.process.ProcessSettings;
import io.sallyport.builds.executor.process.Sandbox;
import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.CacheRule.Policy;
import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobCachesTest {
    private static final CacheLimits LIMITS = new CacheLimits(1 << 20, 1 << 20, 100, 1 << 22);

    @TempDir
    Path temp;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Orders orders = new Orders();
    private Database database;
    private EventLog events;
    private ProcessExecutor executor;
    private CacheStore store;
    private long project;

    @BeforeEach
    void open() throws Exception {
        Clock clock = Clock.systemUTC();
        database = Database.open(temp.resolve("db.sqlite"), Schema.MIGRATIONS);
        events = EventLog.open(database, clock, new EventSettings(1000, Duration.ofDays(1)));
        project = new SqliteProjectStore(database, events, clock)
                .put("web", ProjectSettings.DEFAULTS, "root")
                .project()
                .id();
        store = BlobCacheStore.open(database, temp.resolve("cache"), LIMITS, clock);
        executor =
                ProcessExecutor.open(ProcessSettings.in(temp.resolve("w")).with(Sandbox.NONE), (source, folder) -> {});
    }

    @AfterEach
    void close() {
        executor.close();
        events.close();
        database.close();
    }

    private static CacheRule rule(String key, Policy policy, KeepWhen when, String... fallbackKeys) {
        return new CacheRule(key, List.of("deps"), false, policy, when, List.of(fallbackKeys));
    }

    private static CacheRule rule(String key, String... fallbackKeys) {
        return rule(key, Policy.PULL_PUSH, KeepWhen.ON_SUCCESS, fallbackKeys);
    }

    /** What a job with one cache prints, and then what its log says of that; numbers and times as #. */
    private String job(CacheArea area, CacheRule rule, String script) throws Exception {
        RecordedOutput output = new RecordedOutput();
        JobCaches caches = new JobCaches(
                store, new JobCaches.Owner(project, area), List.of(rule), output, stopped::get, Clock.systemUTC());
        try (Run run = executor.prepare(orders.of())) {
            caches.restore(run);
            run.start(Commands.of(List.of(script)), output);
            Exit exit = run.await();
            caches.save(run, exit.equals(new Exit.Code(0)));
        }
        return output.out()
                + String.join(
                        "\n",
                        output.system().stream()
                                .filter(line -> !line.startsWith("$"))
                                .map(line -> line.replaceAll("[0-9]+(\\.[0-9]+)?", "#"))
                                .toList());
    }

    private String job(CacheRule rule, String script) throws Exception {
        return job(CacheArea.UNTRUSTED, rule, script);
    }

    private static final String SAVED = "saved, # bytes of # bytes in # file (# s)";
    private static final String MAKE = "mkdir -p deps; echo made > deps/a";

    @Test
    void whatOneJobHasLeftTheNextOneFinds() throws Exception {
        assertEquals("cache k: nothing there\ncache k: " + SAVED, job(rule("k"), MAKE));
        assertEquals(
                "made\ncache k: restored, # bytes, saved # s ago (# s)\ncache k: unchanged, # bytes (# s)",
                job(rule("k"), "cat deps/a"));
        assertEquals(
                "cache k: restored, # bytes, saved # s ago (# s)\ncache k: " + SAVED,
                job(rule("k"), "echo changed > deps/a"));
        assertEquals(
                "changed\ncache k: restored, # bytes, saved # s ago (# s)\ncache k: unchanged, # bytes (# s)",
                job(rule("k"), "cat deps/a"));
    }

    @Test
    void policiesGoOneWay() throws Exception {
        CacheRule pull = rule("k", Policy.PULL, KeepWhen.ALWAYS);
        CacheRule push = rule("k", Policy.PUSH, KeepWhen.ALWAYS);

        assertEquals("cache k: nothing there", job(pull, MAKE));
        assertEquals("cache k: " + SAVED, job(push, MAKE));
        assertEquals(
                "no\ncache k: not saved, as there is no file for it",
                job(push, "cat deps/a 2>/dev/null || echo no").replace("cache: nothing is there for deps\n", ""));
        assertEquals("made\ncache k: restored, # bytes, saved # s ago (# s)", job(pull, "cat deps/a"));
    }

    @Test
    void itIsSavedAfterTheEndsThatAreAskedFor() throws Exception {
        assertEquals("cache k: nothing there", job(rule("k"), MAKE + "; exit 1"));
        assertEquals("cache k: nothing there", job(rule("k", Policy.PULL_PUSH, KeepWhen.ON_FAILURE), MAKE));
        assertEquals(
                "cache k: nothing there\ncache k: " + SAVED,
                job(rule("k", Policy.PULL_PUSH, KeepWhen.ON_FAILURE), MAKE + "; exit 1"));
        assertEquals(
                "cache l: nothing there\ncache l: " + SAVED,
                job(rule("l", Policy.PULL_PUSH, KeepWhen.ALWAYS), MAKE + "; exit 1"));
    }

    @Test
    void fallbackKeysAreTriedInTheirOrder() throws Exception {
        job(rule("b"), "mkdir deps; echo b > deps/a");
        job(rule("c"), "mkdir deps; echo c > deps/a");

        assertEquals(
                "b\ncache a: nothing there; restored from b, # bytes, saved # s ago (# s)\ncache a: " + SAVED,
                job(rule("a", "x", "b", "c"), "cat deps/a; echo a > deps/a"));
        assertEquals(
                "a\ncache a: restored, # bytes, saved # s ago (# s)\ncache a: unchanged, # bytes (# s)",
                job(rule("a", "x", "b", "c"), "cat deps/a"));
        assertEquals(
                "cache z: nothing there, nor under y, x", job(rule("z", Policy.PULL, KeepWhen.ALWAYS, "y", "x"), ""));
    }

    @Test
    void anUntrustedBuildNeverFeedsATrustedOneButMayReadFromIt() throws Exception {
        job(CacheArea.UNTRUSTED, rule("k"), "mkdir deps; echo poison > deps/a");

        assertEquals(
                "none\ncache k: nothing there, nor under k",
                job(CacheArea.TRUSTED, rule("k", Policy.PULL, KeepWhen.ALWAYS, "k"), "cat deps/a 2>&- || echo none"));
        job(CacheArea.TRUSTED, rule("k"), "mkdir deps; echo trusted > deps/a");
        job(CacheArea.TRUSTED, rule("t"), "mkdir deps; echo trusted > deps/a");
        assertEquals(
                "trusted\ncache t: restored, # bytes, saved # s ago, of a trusted build (# s)\ncache t: " + SAVED,
                job(CacheArea.UNTRUSTED, rule("t"), "cat deps/a; echo poison > deps/a"));
        assertEquals(
                "trusted\ncache t: restored, # bytes, saved # s ago (# s)\ncache t: unchanged, # bytes (# s)",
                job(CacheArea.TRUSTED, rule("t"), "cat deps/a"));
        assertTrue(job(CacheArea.UNTRUSTED, rule("k"), "cat deps/a").startsWith("poison\n"), "its own area goes first");
    }

    @Test
    void aDamagedCacheIsAMissWithANotice() throws Exception {
        job(rule("b"), "mkdir deps; echo b > deps/a");
        job(rule("k"), MAKE);
        for (Path file : blobs()) {
            if (!file.toString().contains(digest("b"))) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }
        assertEquals(
                "b\ncache k: nothing there; restored from b, # bytes, saved # s ago (# s);"
                        + " k was damaged, its bytes have changed\ncache k: " + SAVED,
                job(rule("k", "b"), "cat deps/a; echo anew > deps/a"));
    }

    private List<Path> blobs() throws Exception {
        try (Stream<Path> all = Files.walk(temp.resolve("cache"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private String digest(String name) {
        return store.find(new CacheKey(project, CacheArea.UNTRUSTED, name))
                .orElseThrow()
                .blob()
                .digest()
                .hex();
    }

    @Test
    void aSaveThatFailsChangesNothing() throws Exception {
        assertEquals(
                "cache k: nothing there\nWARNING: cache k: not saved: larger than # bytes compressed",
                job(rule("k"), "mkdir deps; head -c 2000000 /dev/urandom > deps/a"));
        assertEquals(
                "cache k: nothing there\nWARNING: cache k: not saved: larger than # bytes",
                job(rule("k"), "mkdir deps; head -c 5000000 /dev/zero > deps/a"));
        try (CacheWriter other =
                store.write(new CacheKey(project, CacheArea.UNTRUSTED, "k")).orElseThrow()) {
            assertEquals(
                    "cache k: nothing there\ncache k: not saved: another job saves it at this moment",
                    job(rule("k"), MAKE));
            other.tar();
        }
        assertEquals(
                Optional.empty(),
                store.find(new CacheKey(project, CacheArea.UNTRUSTED, "k")).map(CacheEntry::key));
    }

    @Test
    void aGatewayThatKeepsNoneSaysSo() throws Exception {
        store = BlobCacheStore.open(database, temp.resolve("other"), new CacheLimits(0, 1, 1, 1), Clock.systemUTC());

        assertEquals("NOTICE: caches are not kept here", job(rule("k"), MAKE));
    }

    @Test
    void aKeyThatNoneCanBeIsSaid() throws Exception {
        assertEquals("cache : nothing there\ncache : not saved: a key has # to # characters", job(rule(""), MAKE));
    }

    @Test
    void anIndexThatCannotBeReadIsAMiss() throws Exception {
        events.close();
        database.close();
        String said = job(rule("k"), MAKE);

        assertTrue(said.startsWith("WARNING: cache k: not restored: "), said);
        assertTrue(said.contains("WARNING: cache k: not saved: "), said);
    }

    @Test
    void aJobThatIsStoppedDoesNotWaitForItsCaches() throws Exception {
        job(rule("k"), "mkdir deps; head -c 300000 /dev/zero > deps/a");
        stopped.set(true);
        assertEquals("none\n", job(rule("k"), "cat deps/a 2>&- || echo none"));
        stopped.set(false);
        RecordedOutput output = new RecordedOutput();
        int[] asked = {0};
        JobCaches caches = new JobCaches(
                store,
                new JobCaches.Owner(project, CacheArea.UNTRUSTED),
                List.of(rule("k")),
                output,
                () -> ++asked[0] > 3,
                Clock.systemUTC());
        try (Run run = executor.prepare(orders.of())) {
            caches.restore(run);
        }
        assertEquals(List.of("cache k: not restored, the job was stopped"), output.system());
    }
}
