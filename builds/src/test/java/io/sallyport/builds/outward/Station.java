package io.sallyport.builds.outward;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.secret.SecretLimits;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteBuildStore;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.HostPattern;
import io.sallyport.builds.web.Tls;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** All that reports need, on a folder of a test's own; may be opened again on the same. */
final class Station implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final ReportLimits LIMITS = new ReportLimits(
            3, 5, 4, Duration.ofSeconds(10), 4, Duration.ofHours(1), Duration.ofMillis(20), Duration.ofMillis(50));

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    final Database database;
    final EventLog events;
    final SqliteProjectStore projects;
    final SqliteBuildStore builds;
    final SecretStore secrets;
    final Project web;
    private final ReportOutbox outbox;
    private @Nullable Reports reports;

    Station(Path folder) throws Exception {
        this(folder, LIMITS.waiting());
    }

    Station(Path folder, int waiting) throws Exception {
        this.database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        this.events = EventLog.open(database, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(1)));
        this.projects = new SqliteProjectStore(database, events, Clock.systemUTC());
        this.outbox = new ReportOutbox(database, events, true, waiting);
        this.builds = new SqliteBuildStore(database, events, outbox);
        this.secrets = SecretStore.open(
                database, folder.resolve("secrets.key"), new SecretLimits(10, 1000, 10_000), Clock.systemUTC());
        this.web = projects.put("web", ProjectSettings.DEFAULTS, "root").project();
    }

    /** Loopback, by any name and port. */
    static Destinations loopback(boolean plainHttp) {
        return new Destinations(
                "reports",
                List.of(HostPattern.parse("**:*").orElseThrow()),
                plainHttp,
                InetAddress::isLoopbackAddress,
                name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
    }

    Reports open(Destinations destinations) throws Exception {
        return open(destinations, Optional.empty(), LIMITS);
    }

    Reports open(Destinations destinations, Optional<Path> authorities, ReportLimits limits) throws Exception {
        return reports = Reports.start(
                database, events, secrets, outbox, destinations, Tls.open(authorities), limits, Clock.systemUTC());
    }

    void shut() {
        if (reports != null) {
            reports.close();
        }
    }

    static ReportSettings settings(ReportKind kind, String url) {
        return new ReportSettings(
                kind,
                URI.create(url),
                kind.isForge() ? Optional.of("team/web") : Optional.empty(),
                kind.isForge() ? Optional.of("sallyport/web") : Optional.empty(),
                EnumSet.allOf(BuildState.class),
                false,
                Optional.of("https://ci.example/{project}/{build}?ref={ref}"));
    }

    Report put(String name, ReportSettings settings, String token) {
        return assertInstanceOf(
                        ReportPut.Stored.class, reports().put(web, name, settings, new ReportToken.Given(token), "ann"))
                .report();
    }

    Reports reports() {
        if (reports == null) {
            throw new IllegalStateException("not open");
        }
        return reports;
    }

    Report report(String name) {
        return reports().list(web).stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void secret(String name, String value) {
        secrets.put(
                web,
                name,
                new Secret.RulesChange(Optional.empty(), Optional.empty(), Optional.empty()),
                value.getBytes(StandardCharsets.UTF_8),
                "ann");
    }

    /** A build that waits. */
    Build queued(@Nullable String commit) {
        return queued(commit, false);
    }

    Build queued(@Nullable String commit, boolean trusted) {
        BuildRequest request = new BuildRequest(
                Optional.of("feature/ä"),
                Optional.ofNullable(commit),
                new TreeMap<>(java.util.Map.of("from", "desk")),
                new TreeMap<>(java.util.Map.of("PASSWORD", "of-a-variable")),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        return builds.insert(new BuildStore.NewBuild(
                        web,
                        request,
                        "ann",
                        trusted,
                        new Source(SourceKind.TAR, new Blob(new Digest("0".repeat(64)), 0), 0, 0, 0),
                        new BuildStore.SpecText(".sallyport.yml", "script: make"),
                        Plan.EMPTY,
                        List.of(),
                        older -> true,
                        Instant.now()))
                .build();
    }

    Build move(Build build, BuildState state) {
        return state.ended()
                ? builds.end(build.id(), state, Optional.empty(), Instant.now(), Optional.empty())
                : builds.begin(build.id(), List.of(), Instant.now());
    }

    /** A build that waits, runs, and ends. */
    Build whole(@Nullable String commit, BuildState end) {
        return move(move(queued(commit), BuildState.RUNNING), end);
    }

    List<String> column(String query) {
        return database.read(connection -> Sql.list(connection, query, row -> row.getString(1)));
    }

    void awaitEmpty() throws Exception {
        until("an empty outbox", () -> column("SELECT id FROM deliveries").isEmpty());
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

    @Override
    public void close() {
        shut();
        events.close();
        database.close();
    }
}
