package io.sallyport.builds.schedule;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.FileBlobStore;
import io.sallyport.builds.cache.BlobCacheStore;
import io.sallyport.builds.cache.CacheLimits;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.EngineParts;
import io.sallyport.builds.engine.EngineSettings;
import io.sallyport.builds.engine.Submission;
import io.sallyport.builds.engine.Submitted;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.evidence.Builder;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.builds.evidence.Signer;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.process.ProcessExecutor;
import io.sallyport.builds.executor.process.ProcessLimits;
import io.sallyport.builds.executor.process.ProcessSettings;
import io.sallyport.builds.executor.process.Sandbox;
import io.sallyport.builds.git.Repositories;
import io.sallyport.builds.log.LogLimits;
import io.sallyport.builds.log.LogStore;
import io.sallyport.builds.secret.SecretLimits;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.builds.source.SourceLimits;
import io.sallyport.builds.source.SourceUnpacker;
import io.sallyport.builds.store.PauseStore;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteBuildStore;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.builds.visit.VisitSettings;
import io.sallyport.builds.visit.VisitStore;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** All that makes builds, on a folder of a test's own; may be opened again on the same. */
final class Workshop implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long LARGE = 1 << 20;

    final Database database;
    final Engine engine;
    final ScheduleStore store;
    final Project web;
    private final SetClock clock;
    private final EventLog events;
    private final LogStore logs;
    private final Executor executor;

    Workshop(Path folder, SetClock clock) throws Exception {
        this(folder, clock, 100);
    }

    Workshop(Path folder, SetClock clock, int queue) throws Exception {
        this.clock = clock;
        this.database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        this.events = EventLog.open(database, clock, new EventSettings(1000, Duration.ofDays(1)));
        this.logs = new LogStore(folder.resolve("logs"), new LogLimits(LARGE));
        BlobStore blobs = FileBlobStore.open(folder);
        this.executor = ProcessExecutor.open(
                new ProcessSettings(
                        folder.resolve("workspaces"), Sandbox.NONE, false, List.of(), "bwrap", ProcessLimits.DEFAULT),
                new SourceUnpacker(blobs)::unpack);
        SqliteProjectStore projects = new SqliteProjectStore(database, events, clock);
        this.engine = Engine.start(
                new EngineParts(
                        projects,
                        new PauseStore(database, events, clock),
                        new SqliteBuildStore(database, events),
                        blobs,
                        logs,
                        BlobCacheStore.open(
                                database, folder.resolve("caches"), new CacheLimits(LARGE, LARGE, 100, LARGE), clock),
                        SecretStore.open(database, folder.resolve("secrets.key"), new SecretLimits(1, 1, 1), clock),
                        executor,
                        new VisitStore(database, events, clock),
                        new Notary(new NoSigner(), new Builder("process", "test")),
                        Repositories.none(blobs),
                        clock),
                new EngineSettings(
                        1,
                        1,
                        queue,
                        queue,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofDays(7),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        LARGE,
                        new SourceLimits(LARGE, LARGE, 100, 10),
                        100,
                        LARGE,
                        VisitSettings.DEFAULT));
        this.store = new ScheduleStore(database, events);
        this.web = projects.put("web", ProjectSettings.DEFAULTS, "ann").project();
    }

    Schedules schedules(ScheduleRights rights) {
        return Schedules.start(
                store, engine, new ScheduleLimits(3, Duration.ofDays(1)), rights, Refusal::toString, clock);
    }

    /** A build that somebody has submitted and that has ended. */
    Build submit(Optional<String> ref, String script) throws Exception {
        return engine.await(begin(ref, script));
    }

    Build begin(Optional<String> ref, String script) throws IOException {
        return begin(ref, script, false);
    }

    Build begin(Optional<String> ref, String script, boolean trusted) throws IOException {
        return begin(web, ref, script, trusted);
    }

    private Build begin(Project project, Optional<String> ref, String script, boolean trusted) throws IOException {
        BuildRequest request = new BuildRequest(
                ref,
                Optional.of("c0ffee"),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        Submitted submitted = engine.submit(
                new Submission(project, "ann", trusted, request, older -> false),
                new ByteArrayInputStream(source(script)));
        return assertInstanceOf(Submitted.Accepted.class, submitted, submitted::toString)
                .build();
    }

    /** Makes the project anew, and a build of that. */
    void submitAnew(Optional<String> ref) {
        engine.projects().put("web", ProjectSettings.DEFAULTS, "ann");
        Project anew = engine.projects().project("web").orElseThrow();
        try {
            begin(anew, ref, "true", false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The builds that schedules have made, oldest first. */
    List<Build> scheduled() {
        return engine
                .builds(new BuildQuery(
                        List.of("web"), Optional.empty(), Optional.empty(), Map.of(), OptionalLong.empty(), 100))
                .stream()
                .filter(build -> build.labels().containsKey(Schedule.LABEL))
                .toList()
                .reversed();
    }

    Schedule schedule(String name) {
        return store.list(web).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Changes records as a crash or somebody else would have left them. */
    void update(String statement) {
        database.write(connection -> Sql.update(connection, statement));
    }

    List<String> column(String query) {
        return database.read(connection -> Sql.list(connection, query, row -> row.getString(1)));
    }

    static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(5);
        }
    }

    private static byte[] source(String script) throws IOException {
        byte[] spec = ("script: " + script).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(".sallyport.yml");
            entry.setSize(spec.length);
            tar.putArchiveEntry(entry);
            tar.write(spec);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        engine.close();
        executor.close();
        logs.close();
        events.close();
        database.close();
    }

    /** Evidence is no matter here. */
    private static final class NoSigner implements Signer {
        @Override
        public String keyId() {
            return "SHA256:none";
        }

        @Override
        public String sshSignature(String namespace, byte[] message) {
            return "";
        }

        @Override
        public byte[] signature(byte[] bytes) {
            return new byte[0];
        }
    }
}
