package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.blob.FileBlobStore;
import io.sallyport.builds.cache.BlobCacheStore;
import io.sallyport.builds.cache.CacheLimits;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.evidence.Builder;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.builds.evidence.Signer;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.process.ProcessExecutor;
import io.sallyport.builds.executor.process.ProcessSettings;
import io.sallyport.builds.executor.process.Sandbox;
import io.sallyport.builds.git.Repositories;
import io.sallyport.builds.log.LogLimits;
import io.sallyport.builds.log.LogSelection;
import io.sallyport.builds.log.LogStore;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.secret.SecretLimits;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.source.SourceLimits;
import io.sallyport.builds.source.SourceUnpacker;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.PauseStore;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteBuildStore;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.builds.visit.VisitSettings;
import io.sallyport.builds.visit.VisitStore;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An engine with real stores and real processes in a folder, which can be closed and started again. */
final class EngineHouse implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    static final BuildStore.SpecText SPEC = new BuildStore.SpecText(".sallyport.yml", "script: [make]\n");
    /** An empty archive. */
    static final Source SOURCE = new Source(
            SourceKind.TAR,
            new Blob(new Digest("84ff92691f909a05b224e1c56abb4864f01b4f8e3c854e4bb4c7baf1d3f6d652"), 10240),
            0,
            0,
            10240);

    private final Path folder;
    private final UnaryOperator<Executor> wrapping;
    private EngineSettings settings;
    private Patience patience = Patience.USUAL;
    private Database database;
    private BlobStore blobs;
    private EventLog events;
    private LogStore logs;
    private Executor executor;
    private Engine engine;
    private BuildStore builds;
    private SecretStore secrets;

    EngineHouse(Path folder, int atOnce) throws Exception {
        this(folder, atOnce, executor -> executor);
    }

    EngineHouse(Path folder, int atOnce, UnaryOperator<Executor> wrapping) throws Exception {
        this.folder = folder;
        this.wrapping = wrapping;
        this.settings = new EngineSettings(
                atOnce,
                Integer.MAX_VALUE,
                1000,
                200,
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                Duration.ofDays(7),
                Duration.ofSeconds(1),
                Duration.ZERO,
                1 << 20,
                new SourceLimits(1 << 20, 1 << 20, 1000, 64),
                1000,
                1 << 20,
                VisitSettings.DEFAULT);
        open();
        start();
    }

    /** Other settings from the next start on. */
    EngineHouse with(UnaryOperator<EngineSettings> change) {
        settings = change.apply(settings);
        return this;
    }

    static EngineSettings atOnce(EngineSettings usual, int jobs) {
        return with(usual, jobs, usual.jobsPerIdentity(), usual.queuePerIdentity(), usual.manualWait(), Duration.ZERO);
    }

    static EngineSettings perIdentity(EngineSettings usual, int jobs, int builds) {
        return with(usual, usual.atOnce(), jobs, builds, usual.manualWait(), Duration.ZERO);
    }

    static EngineSettings manualWait(EngineSettings usual, Duration wait) {
        return with(usual, usual.atOnce(), usual.jobsPerIdentity(), usual.queuePerIdentity(), wait, Duration.ZERO);
    }

    static EngineSettings shutdownGrace(EngineSettings usual, Duration grace) {
        return with(
                usual, usual.atOnce(), usual.jobsPerIdentity(), usual.queuePerIdentity(), usual.manualWait(), grace);
    }

    private static EngineSettings with(
            EngineSettings usual, int jobs, int jobsPerIdentity, int buildsPerIdentity, Duration wait, Duration grace) {
        return new EngineSettings(
                jobs,
                jobsPerIdentity,
                usual.queue(),
                buildsPerIdentity,
                usual.timeout(),
                usual.longestTimeout(),
                usual.afterScript(),
                wait,
                usual.stopGrace(),
                grace,
                usual.artifactBytes(),
                usual.source(),
                usual.jobs(),
                usual.lintBytes(),
                usual.visits());
    }

    static EngineSettings visits(EngineSettings usual, VisitSettings visits) {
        return new EngineSettings(
                usual.atOnce(),
                usual.jobsPerIdentity(),
                usual.queue(),
                usual.queuePerIdentity(),
                usual.timeout(),
                usual.longestTimeout(),
                usual.afterScript(),
                usual.manualWait(),
                usual.stopGrace(),
                usual.shutdownGrace(),
                usual.artifactBytes(),
                usual.source(),
                usual.jobs(),
                usual.lintBytes(),
                visits);
    }

    /** Another patience from the next start on. */
    EngineHouse with(Patience other) {
        patience = other;
        return this;
    }

    /** From now on nothing can be recorded of what builds and jobs do, as when the disk is full. */
    void full() {
        for (String table : List.of("builds", "jobs")) {
            sql("CREATE TRIGGER full_" + table + " BEFORE UPDATE ON " + table
                    + " BEGIN SELECT RAISE(ABORT, 'there is no room'); END");
        }
    }

    /** It can again. */
    void roomAgain() {
        sql("DROP TRIGGER full_builds");
        sql("DROP TRIGGER full_jobs");
    }

    private void sql(String change) {
        database.write(connection -> Sql.update(connection, change));
    }

    /** Closes everything but the records, and starts anew. */
    EngineHouse restart() throws Exception {
        close();
        open();
        start();
        return this;
    }

    /** Opens the stores, for records to be changed before the start. */
    EngineHouse open() throws Exception {
        database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        blobs = FileBlobStore.open(folder);
        events = EventLog.open(database, Clock.systemUTC(), new EventSettings(100_000, Duration.ofDays(1)));
        builds = new SqliteBuildStore(database, events);
        logs = new LogStore(folder.resolve("logs"), LogLimits.DEFAULT);
        executor = wrapping.apply(ProcessExecutor.open(
                ProcessSettings.in(folder.resolve("workspaces")).with(Sandbox.NONE),
                new SourceUnpacker(blobs)::unpack));
        return this;
    }

    /** As if all builds had been recorded before there were plans. Between close and open. */
    void forgetPlans() {
        try (Database records = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS)) {
            records.write(connection -> Sql.update(connection, "DELETE FROM plans"));
        }
    }

    EngineHouse start() throws Exception {
        try (BlobWriter source = blobs.create()) {
            source.write(ByteBuffer.allocate(10240));
            assertEquals(SOURCE.blob(), source.commit());
        }
        secrets = SecretStore.open(
                database, folder.resolve("secrets.key"), new SecretLimits(10, 100, 1000), Clock.systemUTC());
        engine = Engine.start(
                new EngineParts(
                        new SqliteProjectStore(database, events, Clock.systemUTC()),
                        new PauseStore(database, events, Clock.systemUTC()),
                        builds,
                        blobs,
                        logs,
                        BlobCacheStore.open(
                                database,
                                folder.resolve("caches"),
                                new CacheLimits(1 << 20, 1 << 20, 100, 1 << 20),
                                Clock.systemUTC()),
                        secrets,
                        executor,
                        new VisitStore(database, events, Clock.systemUTC()),
                        new Notary(new NoSigner(), new Builder("none", "test")),
                        Repositories.none(blobs),
                        Clock.systemUTC()),
                settings,
                patience);
        return this;
    }

    Engine engine() {
        return engine;
    }

    BuildStore builds() {
        return builds;
    }

    Project project(String name) {
        return engine.projects()
                .project(name)
                .orElseGet(() -> engine.projects()
                        .put(name, ProjectSettings.DEFAULTS, "root")
                        .project());
    }

    /** Gives all jobs of a project a secret. */
    void secret(String project, String name, String value) {
        secrets.put(
                project(project),
                name,
                new Secret.RulesChange(Optional.empty(), Optional.empty(), Optional.empty()),
                value.getBytes(StandardCharsets.UTF_8),
                "ann");
    }

    /** Submits what {@link Jobs#plan} reads. */
    Build submit(String jobs, Map<String, String> scripts) throws IOException {
        return submit(Jobs.plan(jobs, scripts), request());
    }

    Build submit(Plan plan, BuildRequest request) throws IOException {
        return accepted(submit("web", "ann", plan, request));
    }

    Submitted submit(String project, String by, Plan plan, BuildRequest request) throws IOException {
        Submission submission = new Submission(project(project), by, false, request, older -> true);
        return engine.submit(submission, SOURCE, SPEC, plan);
    }

    static Build accepted(Submitted submitted) {
        return switch (submitted) {
            case Submitted.Accepted accepted -> accepted.build();
            case Submitted.Refused refused ->
                throw new AssertionError(refused.refusal().toString());
        };
    }

    static BuildRequest request() {
        return request(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static BuildRequest request(Optional<String> ref, Optional<String> commit, Optional<String> supersede) {
        return new BuildRequest(
                ref,
                commit,
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                supersede);
    }

    Build now(Build build) {
        return builds.build(build.id()).orElseThrow();
    }

    /** The state of a job now. */
    String state(Build build, String job) {
        return now(build).job(job).orElseThrow().state().label();
    }

    /** Its record when it has ended. */
    Build ended(Build build) throws Exception {
        until("the end of build " + build.id(), () -> now(build).state().ended());
        return engine.await(now(build));
    }

    /** The states of all jobs: {@code a=succeeded b=failed}. */
    static String states(Build build) {
        return build.jobs().stream()
                .map(job -> job.name() + "=" + job.state().label())
                .collect(Collectors.joining(" "));
    }

    static Job job(Build build, String name) {
        return build.job(name).orElseThrow();
    }

    String log(Build build) throws IOException {
        try (InputStream bytes = Channels.newInputStream(
                engine.logs().raw(now(build), LogSelection.ALL, false).open(0))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What its evidence states. */
    String statement(Build build) throws IOException {
        String envelope = engine.files().evidence(now(build)).orElseThrow().provenance();
        String payload = new ObjectMapper().readTree(envelope).get("payload").asText();
        return new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    }

    /** Commands that end once {@link #give} has been called. */
    String awaiting(String signal) {
        return "until [ -e " + folder.resolve(signal) + " ]; do sleep 0.02; done";
    }

    /** A command that gives a signal. */
    String giving(String signal) {
        return "touch " + folder.resolve(signal);
    }

    void give(String signal) throws IOException {
        Files.createFile(folder.resolve(signal));
    }

    boolean given(String signal) {
        return Files.exists(folder.resolve(signal));
    }

    static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, "waited in vain for " + what);
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        engine.close();
        executor.close();
        logs.close();
        events.close();
        database.close();
    }

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
