package io.sallyport.gateway;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.FileBlobStore;
import io.sallyport.builds.cache.BlobCacheStore;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.EngineParts;
import io.sallyport.builds.engine.EngineSettings;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.evidence.Builder;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.builds.evidence.Signer;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.git.Repositories;
import io.sallyport.builds.git.RepositoryPattern;
import io.sallyport.builds.log.LogLimits;
import io.sallyport.builds.log.LogStore;
import io.sallyport.builds.node.Nodes;
import io.sallyport.builds.outward.ReportOutbox;
import io.sallyport.builds.outward.Reports;
import io.sallyport.builds.retention.BlobRecords;
import io.sallyport.builds.retention.Retention;
import io.sallyport.builds.retention.RetentionParts;
import io.sallyport.builds.retention.RetentionStore;
import io.sallyport.builds.schedule.ScheduleStore;
import io.sallyport.builds.schedule.Schedules;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.builds.secret.SecretsKeyException;
import io.sallyport.builds.source.SourceUnpacker;
import io.sallyport.builds.store.PauseStore;
import io.sallyport.builds.store.Schema;
import io.sallyport.builds.store.SqliteBuildStore;
import io.sallyport.builds.store.SqliteProjectStore;
import io.sallyport.builds.visit.VisitStore;
import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.HostPattern;
import io.sallyport.builds.web.Tls;
import io.sallyport.database.Database;
import io.sallyport.gateway.breakglass.BreakGlass;
import io.sallyport.gateway.breakglass.BreakGlassFile;
import io.sallyport.gateway.dashboard.Bounds;
import io.sallyport.gateway.dashboard.DashboardFactory;
import io.sallyport.gateway.events.KeyRelay;
import io.sallyport.gateway.events.LimitReports;
import io.sallyport.gateway.exec.ExecFactory;
import io.sallyport.gateway.exec.JobPorts;
import io.sallyport.gateway.exec.JobShell;
import io.sallyport.gateway.logging.Levels;
import io.sallyport.gateway.metrics.BuildMetrics;
import io.sallyport.gateway.metrics.GatewayMetrics;
import io.sallyport.gateway.metrics.HouseMetrics;
import io.sallyport.gateway.metrics.ReadyMetrics;
import io.sallyport.gateway.policy.PolicyWatch;
import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.gateway.sftp.SftpFactory;
import io.sallyport.gateway.subsystem.LineFactory;
import io.sallyport.gateway.transport.GatewayServer;
import io.sallyport.gateway.transport.HostKeys;
import io.sallyport.gateway.transport.OpenConnections;
import io.sallyport.handlers.Doorway;
import io.sallyport.handlers.Happenings;
import io.sallyport.handlers.House;
import io.sallyport.handlers.LimitHits;
import io.sallyport.handlers.Pools;
import io.sallyport.handlers.Router;
import io.sallyport.handlers.Upkeep;
import io.sallyport.handlers.routes.Routes;
import io.sallyport.handlers.routes.ScheduleOwners;
import io.sallyport.keys.AuthorityStore;
import io.sallyport.keys.CredentialCheck;
import io.sallyport.keys.HostCertificate;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.KeyFileException;
import io.sallyport.keys.KeyParts;
import io.sallyport.keys.KeysDatabase;
import io.sallyport.keys.Network;
import io.sallyport.keys.Outbox;
import io.sallyport.keys.OwnAuthority;
import io.sallyport.keys.Revocations;
import io.sallyport.keys.SigningKey;
import io.sallyport.keys.SqliteIdentityStore;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of a gateway, made and put together here and nowhere else. */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final EventLog events;
    private final Engine engine;
    private final Upkeep upkeep;
    private final GatewayServer server;

    private Gateway(StateDirectory state, Config config) throws IOException, Refused, InterruptedException {
        try {
            Clock clock = Clock.systemUTC();
            GatewayMetrics metrics = new GatewayMetrics(Version.text());
            HostKeys hostKeys = key(() -> hostKeys(state));
            SigningKey signingKey = key(() -> SigningKey.open(state.signingKey()));
            Database keysDatabase = KeysDatabase.open(state.keysDatabase());
            KeyParts keys = keys(state, keysDatabase, clock);
            AuditLog audit = opened(AuditLog.open(state.audit(), config.audit(), clock, hostKeys.current()));
            audit.tell(new AuditEvent.Started(Version.text()));
            opened(BreakGlass.watch(new BreakGlassFile(state.root()), keys.identities(), audit, clock));
            requireAdministrator(keys.identities());
            opened(PolicyWatch.watch(state.root(), keys.identities(), audit));

            Database database = opened(Database.open(state.buildsDatabase(), Schema.MIGRATIONS));
            SecretStore secrets = secrets(database, state, config, clock);
            this.events = opened(EventLog.open(database, clock, config.events().kept()));
            KeyRelay relay = opened(KeyRelay.start(new Outbox(keysDatabase), events));
            keysDatabase.onCommitTime(metrics.storage("keys"));
            database.onCommitTime(metrics.storage("builds"));
            BlobStore blobs = FileBlobStore.open(state.root(), metrics.storage("blobs"));
            LogStore logs = opened(
                    new LogStore(state.logs(), new LogLimits(config.limits().logBytes())));
            Executor place = Executors.of(state, config, signingKey, new SourceUnpacker(blobs));
            new ReadyMetrics(metrics, place).register();
            Executor executor = opened(metrics.measured(place));
            ReportOutbox outbox = new ReportOutbox(
                    database,
                    events,
                    !config.reports().hosts().isEmpty(),
                    config.reports().limits().waiting());
            EngineParts parts = new EngineParts(
                    new SqliteProjectStore(database, events, clock),
                    new PauseStore(database, events, clock),
                    new SqliteBuildStore(database, events, outbox),
                    blobs,
                    logs,
                    BlobCacheStore.open(database, state.caches(), config.caches(), clock),
                    secrets,
                    executor,
                    new VisitStore(database, events, clock),
                    new Notary(
                            signer(signingKey), new Builder(executor.isolation().kind(), Version.text())),
                    repositories(config.git(), blobs),
                    clock);
            Reports outward = opened(reports(database, secrets, outbox, config.reports(), clock));
            this.engine = opened(Engine.start(parts, settings(config)));
            this.upkeep = upkeep(state, database, parts, config, keys.identities(), audit, outward);

            LimitReports reports = opened(LimitReports.start(
                    events,
                    clock,
                    config.events().limitWindow(),
                    config.events().limitWindows()));
            LimitHits hits = new LimitHits(System::nanoTime, reports);
            OpenConnections connections = new OpenConnections(clock);
            Doorway door = new Doorway(connections, hits, metrics);
            BooleanSupplier readOnly = () -> engine.storageFailure().isPresent()
                    || database.failure().isPresent()
                    || keysDatabase.failure().isPresent()
                    || audit.failure().isPresent();
            opened(BuildMetrics.start(metrics, engine, events));
            new HouseMetrics(metrics, engine, door, state.root(), readOnly, clock).register();
            Routes routes = new Routes(
                    engine,
                    secrets,
                    keys,
                    signingKey,
                    audit,
                    door,
                    new Happenings(events, relay),
                    upkeep,
                    config.limits().followers(),
                    clock,
                    new House(
                            Version.text(), Versions.of(keysDatabase, database), readOnly::getAsBoolean, new Levels()));
            Router router = new Router(
                    routes.all(),
                    keys.identities(),
                    keys.credentials(),
                    routes.targets(),
                    audit,
                    metrics,
                    new Router.Bounds(new Pools(config.limits().requests()), hits, readOnly::getAsBoolean));
            JobShell shells = new JobShell(router, config.shell().idle());
            ExecFactory exec = new ExecFactory(
                    router, config.limits().requestLine(), config.limits().upload(), shells);
            JobPorts ports = new JobPorts(router, config.shell().idle());
            DashboardFactory dashboards =
                    new DashboardFactory(router, hits, bounds(config.dashboard()), clock, shells, exec, exec);
            LineFactory lines = new LineFactory(
                    router,
                    config.limits().jsonLine(),
                    config.limits().inFlight(),
                    config.limits().heartbeat());
            SftpFactory sftp = new SftpFactory(
                    router, config.limits().sftpHandles(), config.limits().upload());
            this.server = opened(new GatewayServer(
                    config,
                    hostKeys,
                    keys,
                    audit,
                    new GatewayServer.Watchers(connections, hits),
                    new GatewayServer.Surfaces(dashboards, dashboards, List.of(sftp, lines), ports),
                    Version.text()));
        } catch (IOException | Refused | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Puts a gateway together, and takes up the builds that the one before it has left.
     *
     * @throws Refused when its operator has to mend something first
     */
    static Gateway open(StateDirectory state, Config config) throws IOException, Refused, InterruptedException {
        return new Gateway(state, config);
    }

    /** Listens; the answer is the port. */
    int start() throws IOException {
        return server.start();
    }

    /** Takes no new connections and builds, lets those that run end within their grace time, and tells who waits. */
    void drain() throws InterruptedException {
        LOG.info("draining");
        server.stopListening();
        upkeep.schedules().close();
        upkeep.retention().close();
        engine.close();
        upkeep.reports().close();
        events.close();
        server.awaitLastAnswers();
        LOG.info("drained");
    }

    /** Closes all parts, the last made first. Repeated calls do nothing. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("closing {} failed", part, e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private Upkeep upkeep(
            StateDirectory state,
            Database database,
            EngineParts parts,
            Config config,
            IdentityStore identities,
            AuditLog audit,
            Reports reports) {
        ScheduleStore schedules = new ScheduleStore(database, events);
        Retention retention = opened(Retention.start(
                new RetentionParts(
                        new RetentionStore(database, events),
                        new BlobRecords(database),
                        parts.projects(),
                        schedules,
                        parts.blobs(),
                        parts.logs(),
                        () -> state.lockWhenFree(StateDirectory.REMOVING)),
                config.retention(),
                parts.clock()));
        return new Upkeep(
                opened(Schedules.start(
                        schedules,
                        engine,
                        config.schedules(),
                        new ScheduleOwners(identities, audit),
                        ScheduleOwners::words,
                        parts.clock())),
                retention,
                opened(Nodes.watch(parts.executor(), events)),
                reports);
    }

    private Reports reports(
            Database database, SecretStore secrets, ReportOutbox outbox, Config.Reports config, Clock clock)
            throws Refused {
        try {
            return Reports.start(
                    database,
                    events,
                    secrets,
                    outbox,
                    destinations("reports", config.hosts(), config.plainHttp(), config.addresses()),
                    Tls.open(config.authorities()),
                    config.limits(),
                    clock);
        } catch (IOException e) {
            throw new Refused("reports.caFile cannot be used: " + e.getMessage());
        }
    }

    private static Repositories repositories(Config.Git config, BlobStore blobs) throws Refused {
        try {
            return new Repositories(
                    config.repositories(),
                    destinations(
                            "git",
                            config.repositories().stream()
                                    .map(RepositoryPattern::host)
                                    .toList(),
                            config.plainHttp(),
                            config.addresses()),
                    Tls.open(config.authorities()),
                    config.limits(),
                    blobs);
        } catch (IOException e) {
            throw new Refused("git.caFile cannot be used: " + e.getMessage());
        }
    }

    private static Destinations destinations(
            String settings, List<HostPattern> hosts, boolean plainHttp, List<Network> addresses) {
        return new Destinations(
                settings,
                hosts,
                plainHttp,
                address -> addresses.stream().anyMatch(network -> network.contains(address.getHostAddress())),
                Destinations::lookUp);
    }

    private static HostKeys hostKeys(StateDirectory state) throws IOException {
        HostKey current = HostKey.load(state.hostKey());
        return new HostKeys(
                current,
                Files.exists(state.nextHostKey()) ? Optional.of(HostKey.load(state.nextHostKey())) : Optional.empty(),
                HostCertificate.load(state.hostCertificate(), current));
    }

    private KeyParts keys(StateDirectory state, Database database, Clock clock) throws IOException, Refused {
        IdentityStore identities = opened(SqliteIdentityStore.over(database, clock));
        SigningKey userCa = key(() -> SigningKey.open(state.userCaKey(), StateDirectory.USER_CA));
        AuthorityStore authorities = new AuthorityStore(database, clock);
        Revocations revocations = new Revocations(database, identities, authorities);
        OwnAuthority own = new OwnAuthority(userCa, database, identities, authorities, revocations, clock);
        CredentialCheck credentials = new CredentialCheck(identities, authorities, revocations, clock);
        return new KeyParts(identities, authorities, revocations, own, credentials);
    }

    private static SecretStore secrets(Database database, StateDirectory state, Config config, Clock clock)
            throws IOException, Refused {
        try {
            return SecretStore.open(
                    database, state.secretsKey(), config.limits().secrets(), clock);
        } catch (SecretsKeyException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private interface KeyReading<K> {
        K read() throws IOException;
    }

    private static <K> K key(KeyReading<K> reading) throws IOException, Refused {
        try {
            return reading.read();
        } catch (KeyFileException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Signer signer(SigningKey key) {
        return new Signer() {
            @Override
            public String keyId() {
                return key.fingerprint();
            }

            @Override
            public String sshSignature(String namespace, byte[] message) {
                return key.sign(namespace, message);
            }

            @Override
            public byte[] signature(byte[] bytes) {
                return key.sign(bytes);
            }
        };
    }

    private static void requireAdministrator(IdentityStore identities) throws Refused {
        if (identities.administrators().isEmpty()) {
            throw new Refused(
                    "there is no administrator: nobody could let anybody in; make a state directory with init");
        }
    }

    private static Bounds bounds(Config.Dashboard dashboard) {
        return new Bounds(
                dashboard.atOnce(),
                dashboard.frame(),
                dashboard.refresh(),
                dashboard.idle(),
                dashboard.columns(),
                dashboard.lines(),
                dashboard.rows(),
                dashboard.logBytes());
    }

    private static EngineSettings settings(Config config) {
        Config.Builds builds = config.builds();
        return new EngineSettings(
                builds.atOnce(),
                builds.jobsPerIdentity() == 0 ? Integer.MAX_VALUE : builds.jobsPerIdentity(),
                builds.queue(),
                builds.queuePerIdentity(),
                builds.timeout(),
                builds.longestTimeout(),
                builds.afterScript(),
                builds.manualWait(),
                builds.stopGrace(),
                builds.shutdownGrace(),
                builds.artifactBytes(),
                config.limits().source(),
                builds.jobs(),
                builds.lintBytes(),
                config.shell().visits());
    }
}
