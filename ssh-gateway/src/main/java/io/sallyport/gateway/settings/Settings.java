package io.sallyport.gateway.settings;

import static io.sallyport.gateway.settings.EngineValues.capabilities;
import static io.sallyport.gateway.settings.EngineValues.cpus;
import static io.sallyport.gateway.settings.EngineValues.host;
import static io.sallyport.gateway.settings.EngineValues.image;
import static io.sallyport.gateway.settings.EngineValues.images;
import static io.sallyport.gateway.settings.EngineValues.nodeHost;
import static io.sallyport.gateway.settings.Values.amount;
import static io.sallyport.gateway.settings.Values.bytes;
import static io.sallyport.gateway.settings.Values.bytesFrom;
import static io.sallyport.gateway.settings.Values.count;
import static io.sallyport.gateway.settings.Values.cron;
import static io.sallyport.gateway.settings.Values.flag;
import static io.sallyport.gateway.settings.Values.hosts;
import static io.sallyport.gateway.settings.Values.maybe;
import static io.sallyport.gateway.settings.Values.networks;
import static io.sallyport.gateway.settings.Values.oneOf;
import static io.sallyport.gateway.settings.Values.repositories;
import static io.sallyport.gateway.settings.Values.someTime;
import static io.sallyport.gateway.settings.Values.text;
import static io.sallyport.gateway.settings.Values.time;
import static io.sallyport.gateway.settings.Values.upTo;
import static io.sallyport.gateway.settings.Values.user;
import static io.sallyport.gateway.settings.Values.words;

import io.sallyport.builds.Keep;
import io.sallyport.builds.cache.CacheLimits;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.executor.docker.ContainerLimits;
import io.sallyport.builds.executor.docker.ContainerUser;
import io.sallyport.builds.executor.docker.DockerLimits;
import io.sallyport.builds.executor.docker.ImagePattern;
import io.sallyport.builds.executor.docker.ImageSettings;
import io.sallyport.builds.executor.docker.PullPolicy;
import io.sallyport.builds.executor.docker.ReadySettings;
import io.sallyport.builds.executor.docker.SwarmSettings;
import io.sallyport.builds.executor.process.ProcessLimits;
import io.sallyport.builds.executor.process.Sandbox;
import io.sallyport.builds.git.GitLimits;
import io.sallyport.builds.git.RepositoryPattern;
import io.sallyport.builds.outward.ReportLimits;
import io.sallyport.builds.retention.KeepRules;
import io.sallyport.builds.retention.RetentionSettings;
import io.sallyport.builds.schedule.Cron;
import io.sallyport.builds.schedule.ScheduleLimits;
import io.sallyport.builds.secret.SecretLimits;
import io.sallyport.builds.source.SourceLimits;
import io.sallyport.builds.visit.VisitSettings;
import io.sallyport.builds.web.HostPattern;
import io.sallyport.gateway.logging.LogFormat;
import io.sallyport.handlers.Pools;
import io.sallyport.keys.Network;
import io.sallyport.keys.audit.AuditSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The one table of settings: the file that {@code init} writes, its checks and its documentation are made from it. */
final class Settings {
    private static final Setting<String> ADDRESS = text("listen.address", "0.0.0.0", "address to listen on");
    private static final Setting<Integer> PORT = count("listen.port", 2222, 0, "port to listen on; 0 picks a free one");

    private static final Setting<LogFormat> LOG_FORMAT = oneOf(
            "log.format",
            LogFormat.class,
            LogFormat.TEXT,
            "lines of the gateway's own log: for people, or JSON objects");

    private static final Setting<Integer> AT_ONCE = count("builds.atOnce", 2, 1, "jobs that run at the same time");
    private static final Setting<Integer> JOBS_PER_IDENTITY = count(
            "builds.jobsPerIdentity", 0, 0, "the same, of the builds that one identity has submitted; 0: any number");
    private static final Setting<Integer> QUEUE = count("builds.queue", 1000, 1, "builds that may wait");
    private static final Setting<Integer> QUEUE_PER_IDENTITY =
            count("builds.queuePerIdentity", 200, 1, "the same, that one identity has submitted");
    private static final Setting<Duration> TIMEOUT =
            time("builds.timeout", "1h", "how long a job may run when its spec does not say");
    private static final Setting<Duration> LONGEST =
            time("builds.longestTimeout", "1d", "the longest timeout that a spec may ask for");
    private static final Setting<Duration> AFTER_SCRIPT =
            time("builds.afterScriptTimeout", "5m", "how long what runs after a job's script may run");
    private static final Setting<Duration> MANUAL_WAIT =
            time("builds.manualWait", "7d", "how long a build waits for somebody to start a job; then it is canceled");
    private static final Setting<Duration> STOP_GRACE =
            time("builds.stopGrace", "10s", "between asking a job to end and ending it by force");
    private static final Setting<Duration> SHUTDOWN_GRACE = time(
            "builds.shutdownGrace", "30s", "how long running builds may go on after SIGTERM; then they start anew");
    private static final Setting<Config.Place> EXECUTOR = oneOf(
            "builds.executor",
            Config.Place.class,
            Config.Place.PROCESS,
            "where jobs run: as processes of this machine, as containers on a Docker engine, or on the nodes of a Swarm");
    private static final Setting<Sandbox> SANDBOX = oneOf(
            "builds.sandbox", Sandbox.class, Sandbox.AUTO, "bubblewrap: needed, used where it works, or not used");
    private static final Setting<Boolean> NETWORK = flag(
            "builds.network",
            false,
            "whether builds reach the network; in a sandbox it is this machine's, its loopback included");
    private static final Setting<List<String>> READ_ONLY =
            words("builds.readOnlyPaths", "further folders that builds may read, such as a toolchain's");
    private static final Setting<Integer> PROCESSES = count(
            "builds.processes",
            4096,
            ContainerLimits.LEAST_PROCESSES,
            "processes and threads of one job, in a sandbox or a container");
    private static final Setting<Long> SHARED_MEMORY =
            bytesFrom(1, "builds.sharedMemory", "256MiB", "/dev/shm of one job, in a sandbox or a container");
    private static final Setting<Integer> WORKSPACE_FILES = count(
            "builds.workspaceFiles",
            500_000,
            1,
            "files and folders that are looked at in one workspace for artifacts or a cache, or put into it at once");
    private static final Setting<Integer> ARTIFACT_FILES =
            count("builds.artifactFiles", 10_000, 1, "artifacts of one job");
    private static final Setting<Long> ARTIFACTS = bytes("builds.artifactBytes", "2GiB", "artifacts kept of one build");
    private static final Setting<Integer> JOBS = count("builds.jobs", 1000, 1, "jobs that one build may have");

    private static final Setting<String> DOCKER_HOST =
            host("docker.host", "unix:///var/run/docker.sock", "the engine: unix:///path, or tcp://host:port with TLS");
    private static final Setting<Optional<String>> DOCKER_CERTIFICATES = maybe(
            "docker.tlsCertificates", "folder with ca.pem, cert.pem and key.pem, for an engine at a tcp:// address");
    private static final Setting<Optional<String>> DOCKER_IMAGE =
            image("docker.image", "image of a job that names none; without it such a job is errored");
    private static final Setting<List<ImagePattern>> DOCKER_ALLOWED = images(
            "docker.allowedImages", "images that specs may name: * is part of a name, ** any; nothing allows all");
    private static final Setting<PullPolicy> DOCKER_PULL = oneOf(
            "docker.pull",
            PullPolicy.class,
            PullPolicy.MISSING,
            "when an image is fetched: for every job, when the engine lacks it, or never");
    private static final Setting<Optional<String>> DOCKER_CREDENTIALS =
            maybe("docker.credentials", "file with the registries' credentials, as docker login writes it");
    private static final Setting<ContainerUser> DOCKER_USER = user(
            "docker.user", ContainerUser.DEFAULT, "who a job is in its container; 0 is root, without capabilities");
    private static final Setting<Long> DOCKER_MEMORY =
            bytesFrom(ContainerLimits.LEAST_MEMORY, "docker.memory", "4GiB", "memory of one container, swap included");
    private static final Setting<Double> DOCKER_CPUS = cpus("docker.cpus", "2", "processors of one container");
    private static final Setting<Long> DOCKER_LOG = bytesFrom(
            ContainerLimits.LEAST_LOG,
            "docker.logBytes",
            "256MiB",
            "output of one job that the engine keeps for a gateway that was restarted");
    private static final Setting<List<String>> DOCKER_SERVICE_CAPABILITIES =
            capabilities("docker.serviceCapabilities", "capabilities that services keep, such as CHOWN SETUID SETGID");
    private static final Setting<Optional<String>> DOCKER_RUNTIME =
            maybe("docker.runtime", "runtime of the engine's that containers run with, such as runsc");
    private static final Setting<Integer> DOCKER_READY = count(
            "docker.readyContainers",
            0,
            0,
            "containers made and started ahead, for the images of the last jobs; 0 makes none");
    private static final Setting<Long> DOCKER_READY_MEMORY = bytes(
            "docker.readyMemory", "256MiB", "memory that these may hold while they wait, as the engine counts it");
    private static final Setting<Duration> DOCKER_READY_TIME =
            time("docker.readyTime", "1h", "since the last job of an image, after which none waits for its next");
    private static final Setting<Integer> DOCKER_READY_IMAGES = count(
            "docker.readyImages",
            8,
            0,
            "images made ahead of those that jobs use, with a job's empty folders on top; 0 makes none");
    private static final Setting<Duration> DOCKER_DEADLINE =
            someTime("docker.deadline", "1m", "how long the engine may take to answer one request");
    private static final Setting<Duration> DOCKER_TRANSFER_DEADLINE =
            time("docker.transferDeadline", "30m", "the same, to take in a workspace");
    private static final Setting<Duration> DOCKER_PULL_DEADLINE =
            time("docker.pullDeadline", "30m", "the same, to fetch an image");

    private static final Setting<String> NODE_HOST = nodeHost(
            "swarm.nodeHost",
            "tcp://{address}:2376",
            "the engine of each node, as docker.host; {address}, {hostname} or {label.NAME} stand for the node's own");
    private static final Setting<List<String>> CONSTRAINTS =
            words("swarm.constraints", "what a node has to meet for every job, such as node.role==worker");
    private static final Setting<Long> RESERVED_MEMORY = bytes(
            "swarm.reservedMemory", "512MiB", "memory that a node has to have left for a job, and for each service");
    private static final Setting<Double> RESERVED_CPUS = amount(
            "swarm.reservedCpus", "0.5", "processors, the same; what may be used is docker.memory and docker.cpus");
    private static final Setting<Duration> PLACEMENT =
            someTime("swarm.placementTimeout", "5m", "how long a job may wait for a node");

    private static final Setting<Long> CACHES = bytes(
            "cache.bytes", "10GiB", "caches of all projects, compressed; the longest unused make room; 0 keeps none");
    private static final Setting<Long> PROJECT_CACHES =
            bytes("cache.projectBytes", "5GiB", "the same of one project, and so of one cache");
    private static final Setting<Integer> PROJECT_KEYS =
            count("cache.projectKeys", 1000, 1, "caches of one project by number");
    private static final Setting<Long> UNPACKED_CACHE =
            bytes("cache.unpackedBytes", "20GiB", "one cache before it is compressed");

    private static final Setting<Integer> SCHEDULES = count("schedules.perProject", 50, 1, "schedules of a project");
    private static final Setting<Duration> CATCH_UP = time(
            "schedules.catchUp",
            "1d",
            "how late a build is still made for a time at which it could not be; one of each schedule");

    private static final Setting<Optional<Cron>> RETENTION_AT = cron(
            "retention.at", "17 3 * * *", "when what is not kept any longer is removed, in UTC; off: when asked for");
    private static final Setting<Integer> ARTIFACT_DAYS = upTo(
            "retention.artifactDays",
            30,
            Keep.LONGEST,
            "days that artifacts are kept whose job does not say; 0 is for ever");
    private static final Setting<Integer> SOURCE_DAYS =
            upTo("retention.sourceDays", 90, Keep.LONGEST, "days that sources are kept; 0 is for ever");
    private static final Setting<Integer> LOG_DAYS =
            upTo("retention.logDays", 365, Keep.LONGEST, "days that logs are kept; 0 is for ever");
    private static final Setting<Integer> BUILD_DAYS = upTo(
            "retention.buildDays",
            1095,
            Keep.LONGEST,
            "days that builds are kept, with all that is left of them; 0 is for ever");
    private static final Setting<Integer> KEEP_SUCCESSES = upTo(
            "retention.keepSuccesses",
            3,
            Keep.MOST_SUCCESSES,
            "latest successes of each ref of a project that are kept however old");
    private static final Setting<Boolean> KEEP_TAGS =
            flag("retention.keepTags", true, "whether builds of tags (refs/tags/…) are kept however old");
    private static final Setting<Long> PROJECT_BYTES = bytes(
            "retention.projectBytes",
            "0",
            "above which the oldest artifacts, sources and logs of a project go; 0 is never");
    private static final Setting<Long> ALL_BYTES =
            bytes("retention.bytes", "0", "the same for all projects together; 0 is never");
    private static final Setting<Integer> PACE =
            count("retention.perSecond", 5000, 1, "builds and blobs that a run looks at in a second");

    private static final Setting<List<RepositoryPattern>> REPOSITORIES = repositories(
            "git.allow",
            "repositories that submissions may have fetched: hosts, or addresses with * and **; none: nothing is");
    private static final Setting<Boolean> GIT_HTTP =
            flag("git.plainHttp", false, "whether they may be reached without TLS, too");
    private static final Setting<List<Network>> GIT_ADDRESSES = networks(
            "git.allowAddresses",
            "",
            "addresses that may be reached though they are not on the internet, such as a forge in the house");
    private static final Setting<Optional<String>> GIT_AUTHORITIES = maybe(
            "git.caFile", "certificates (PEM) of the authorities that are believed; without it those that Java knows");
    private static final Setting<Integer> GIT_AT_ONCE =
            count("git.atOnce", 4, 1, "fetches at the same time, half of them for one identity at most; others wait");
    private static final Setting<Duration> GIT_TIMEOUT = time("git.timeout", "5m", "one fetch, and the waiting for it");
    private static final Setting<Integer> GIT_OBJECTS =
            count("git.objects", 250_000, 1, "objects of a fetch: files and folders that differ");

    private static final Setting<List<HostPattern>> REPORT_HOSTS =
            hosts("reports.allow", "hosts that projects may report builds to; none: nothing is reported at all");
    private static final Setting<Boolean> REPORT_HTTP =
            flag("reports.plainHttp", false, "whether they may be reached without TLS, too");
    private static final Setting<List<Network>> REPORT_ADDRESSES = networks(
            "reports.allowAddresses",
            "",
            "addresses that may be reached though they are not on the internet, such as a forge in the house");
    private static final Setting<Optional<String>> REPORT_AUTHORITIES = maybe(
            "reports.caFile",
            "certificates (PEM) of the authorities that are believed; without it those that Java knows");
    private static final Setting<Integer> REPORTS = count("reports.perProject", 20, 1, "reports of a project");
    private static final Setting<Integer> REPORTS_WAITING =
            count("reports.waiting", 1000, 1, "states that wait to be sent, of one report; the oldest make room");
    private static final Setting<Integer> REPORTS_AT_ONCE = count(
            "reports.atOnce", 4, 1, "reports that are sent at the same time, half of them of one project at most");
    private static final Setting<Duration> REPORT_TIMEOUT = time("reports.timeout", "20s", "one try to send a state");
    private static final Setting<Integer> REPORT_TRIES =
            count("reports.tries", 20, 1, "tries to send a state; then it is given up");
    private static final Setting<Duration> REPORT_KEEP =
            time("reports.keepTrying", "1d", "how old a state may be and still be tried again");
    private static final Setting<Duration> REPORT_FIRST = time(
            "reports.firstRetry", "5s", "about how long after a failure it is tried again; twice as long each time");
    private static final Setting<Duration> REPORT_LONGEST =
            time("reports.longestRetry", "30m", "at most, unless the receiver asks for more");

    private static final Setting<Long> AUDIT_SEGMENT =
            bytesFrom(1, "audit.segmentBytes", "16MiB", "after which a new segment of the audit log is begun");
    private static final Setting<Duration> AUDIT_SEGMENT_TIME =
            time("audit.segmentTime", "1d", "the same, after a time");
    private static final Setting<Integer> AUDIT_SEGMENTS = count(
            "audit.segments",
            1000,
            2,
            "segments of the audit log that are kept; the oldest is removed, and that recorded");
    private static final Setting<Duration> AUDIT_KEEP = time("audit.keep", "400d", "how long a segment is kept");

    private static final Setting<Integer> EVENTS_PER_PROJECT = count(
            "events.perProject",
            10_000,
            1,
            "events of each kind that are kept of one project, the newest, and of each kind of the house");
    private static final Setting<Duration> EVENTS_KEEP = time("events.keep", "90d", "how long an event is kept");
    private static final Setting<Duration> EVENTS_LIMIT_WINDOW = time(
            "events.limitWindow", "1m", "in which one who reaches a limit again and again makes two events at most");
    private static final Setting<Integer> EVENTS_LIMIT_WINDOWS =
            count("events.limitWindows", 1000, 1, "such windows at the same time; those beyond are counted together");

    private static final Setting<Integer> DASHBOARDS =
            count("dashboard.atOnce", 200, 0, "dashboards open at the same time");
    private static final Setting<Duration> DASHBOARD_FRAME =
            time("dashboard.frame", "100ms", "least time between two paintings of one");
    private static final Setting<Duration> DASHBOARD_REFRESH =
            time("dashboard.refresh", "2s", "least time between two readings of builds and queue, when they change");
    private static final Setting<Duration> DASHBOARD_IDLE =
            time("dashboard.idle", "12h", "without a key, after which a dashboard ends");
    private static final Setting<Integer> DASHBOARD_COLUMNS =
            count("dashboard.columns", 400, 30, "columns of a screen; those beyond stay empty");
    private static final Setting<Integer> DASHBOARD_LINES =
            count("dashboard.lines", 150, 8, "lines of a screen; those beyond stay empty");
    private static final Setting<Integer> DASHBOARD_ROWS =
            count("dashboard.rows", 200, 10, "builds, and lines of the queue, that one dashboard remembers");
    private static final Setting<Long> DASHBOARD_LOG = bytes(
            "dashboard.logBytes", "1MiB", "of a log that one dashboard holds; the rest is read when it is looked at");

    private static final Setting<Integer> SHELLS =
            count("shell.atOnce", 20, 0, "shells in jobs that are open at the same time");
    private static final Setting<Integer> SHELLS_PER_IDENTITY =
            count("shell.perIdentity", 5, 1, "the same, of one identity");
    private static final Setting<Integer> SHELLS_PER_JOB = count("shell.perJob", 5, 1, "the same, in one job");
    private static final Setting<Integer> PORT_CONNECTIONS =
            count("shell.connections", 64, 0, "connections of one identity to ports of jobs");
    private static final Setting<Duration> SHELL_IDLE =
            time("shell.idle", "1h", "without a byte either way, after which a shell or such a connection ends");
    private static final Setting<Duration> KEEP_FAILED = time(
            "shell.keepFailed",
            "10m",
            "how long a failed job is kept for keep-failed=true; longer while somebody is in");
    private static final Setting<Duration> LONGEST_KEEP =
            time("shell.longestKeep", "1h", "how long a failed job is kept at most");
    private static final Setting<Integer> KEPT =
            count("shell.kept", 4, 0, "failed jobs that are kept at the same time; the oldest makes room");

    private static final Setting<Integer> CONNECTIONS = count("limits.connections", 2000, 1, "connections of people");
    private static final Setting<Integer> CONNECTIONS_OF_BOTS =
            count("limits.connectionsOfBots", 1000, 1, "connections of services and deploy keys");
    private static final Setting<Integer> CONNECTIONS_RESERVE =
            count("limits.connectionsReserve", 16, 0, "further connections, for administrators alone");
    private static final Setting<Integer> REQUESTS =
            count("limits.requests", 10_000, 1, "requests of people that run at the same time");
    private static final Setting<Integer> REQUESTS_OF_BOTS =
            count("limits.requestsOfBots", 5000, 1, "the same, of services and deploy keys");
    private static final Setting<Integer> REQUESTS_RESERVE =
            count("limits.requestsReserve", 100, 0, "further requests, for administrators alone");
    private static final Setting<Integer> UNAUTHENTICATED =
            count("limits.unauthenticated", 100, 1, "connections that have not logged in yet");
    private static final Setting<Integer> PER_SOURCE =
            count("limits.unauthenticatedPerSource", 10, 1, "the same, from one address");
    private static final Setting<Integer> PER_IDENTITY =
            count("limits.connectionsPerIdentity", 64, 1, "connections of one identity");
    private static final Setting<Integer> CHANNELS = count("limits.channels", 16, 1, "channels of one connection");
    private static final Setting<Duration> LOGIN_GRACE = time("limits.loginGrace", "20s", "time to log in");
    private static final Setting<Integer> LOGIN_TRIES =
            count("limits.loginTries", 6, 1, "authentication requests of one connection");
    private static final Setting<Duration> IDLE =
            time("limits.idle", "10m", "after which a connection without traffic is closed");
    private static final Setting<Duration> HEARTBEAT =
            time("limits.heartbeat", "30s", "between signs of life asked of the peer");
    private static final Setting<Long> REQUEST_LINE = bytes("limits.requestLine", "64KiB", "length of a request");
    private static final Setting<Long> JSON_LINE =
            bytes("limits.jsonLine", "1MiB", "a line of the sallyport subsystem, in either direction");
    private static final Setting<Integer> IN_FLIGHT =
            count("limits.inFlight", 64, 1, "requests of one channel of the sallyport subsystem at a time");
    private static final Setting<Integer> ENVIRONMENT =
            count("limits.environment", 4, 0, "environment variables (LANG, LC_*) of a channel");
    private static final Setting<Integer> SFTP_HANDLES =
            count("limits.sftpHandles", 64, 1, "files and folders open in one SFTP session");
    private static final Setting<Integer> FOLLOWERS =
            count("limits.followers", 10_000, 1, "requests that follow a log or wait for a build");
    private static final Setting<Long> LOG =
            bytes("limits.logBytes", "256MiB", "log kept of one build: its head and its tail; the build goes on");
    private static final Setting<Long> SOURCE = bytes("limits.sourceBytes", "1GiB", "a submitted archive");
    private static final Setting<Long> LINT =
            bytes("limits.lintBytes", "64MiB", "a source whose spec is checked and that is not built");
    private static final Setting<Long> UNPACKED =
            bytes("limits.sourceUnpackedBytes", "4GiB", "all files of a submitted archive");
    private static final Setting<Integer> ENTRIES =
            count("limits.sourceEntries", 200_000, 1, "files, folders and links of a submitted archive");
    private static final Setting<Integer> DEPTH =
            count("limits.sourceDepth", 64, 1, "folders within folders of a submitted archive");
    private static final Setting<Long> UPLOAD_LEAST =
            bytes("limits.uploadLeast", "64KiB", "of a body that is waited for, has to come within the next setting");
    private static final Setting<Duration> UPLOAD_WINDOW =
            time("limits.uploadWindow", "5m", "of waiting for a body, in which so much has to come");
    private static final Setting<Integer> SECRETS = count("limits.secrets", 100, 1, "secrets of one project");
    private static final Setting<Long> SECRET = bytes("limits.secretBytes", "64KiB", "the value of a secret");
    private static final Setting<Long> ALL_SECRETS =
            bytes("limits.secretsBytes", "512KiB", "the values of all secrets of one project");

    private static final Setting<Integer> SOURCE_BITS4 =
            upTo("limits.sourceBits4", 32, 32, "leading bits of an IPv4 address that make one source");
    private static final Setting<Integer> SOURCE_BITS6 =
            upTo("limits.sourceBits6", 64, 128, "leading bits of an IPv6 address that make one source");
    private static final Setting<Duration> PENALTY_LOGIN =
            time("limits.penaltyFailedLogin", "5s", "penalty of a source for a connection that fails to log in");
    private static final Setting<Duration> PENALTY_CRASH =
            time("limits.penaltyCrash", "90s", "for one whose bytes make the gateway fail");
    private static final Setting<Duration> PENALTY_NO_LOGIN =
            time("limits.penaltyNoLogin", "1s", "for one that leaves without trying to log in");
    private static final Setting<Duration> PENALTY_GRACE =
            time("limits.penaltyGraceExceeded", "10s", "for one that uses up its time to log in");
    private static final Setting<Duration> PENALTY_LEAST =
            time("limits.penaltyLeast", "15s", "sum above which the source is refused until it has run down");
    private static final Setting<Duration> PENALTY_MOST =
            time("limits.penaltyMost", "10m", "sum that is never exceeded");
    private static final Setting<Integer> PENALTY_SOURCES =
            count("limits.penaltySources", 65_536, 1, "penalised sources remembered, of IPv4 and of IPv6 each");
    private static final Setting<Config.Overflow> PENALTY_OVERFLOW = oneOf(
            "limits.penaltyOverflow",
            Config.Overflow.class,
            Config.Overflow.PERMISSIVE,
            "beyond them: forget the mildest penalty, or deny all sources that are not known");
    /** All that come through a proxy on the machine itself look the same: one of them must not lock out the others. */
    private static final Setting<List<Network>> PENALTY_EXEMPT =
            networks("limits.penaltyExempt", "127.0.0.1 ::1", "sources that are never penalised");

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = List.of(
            ADDRESS,
            PORT,
            LOG_FORMAT,
            AT_ONCE,
            JOBS_PER_IDENTITY,
            QUEUE,
            QUEUE_PER_IDENTITY,
            TIMEOUT,
            LONGEST,
            AFTER_SCRIPT,
            MANUAL_WAIT,
            STOP_GRACE,
            SHUTDOWN_GRACE,
            EXECUTOR,
            SANDBOX,
            NETWORK,
            READ_ONLY,
            PROCESSES,
            SHARED_MEMORY,
            WORKSPACE_FILES,
            ARTIFACT_FILES,
            ARTIFACTS,
            JOBS,
            DOCKER_HOST,
            DOCKER_CERTIFICATES,
            DOCKER_IMAGE,
            DOCKER_ALLOWED,
            DOCKER_PULL,
            DOCKER_CREDENTIALS,
            DOCKER_USER,
            DOCKER_MEMORY,
            DOCKER_CPUS,
            DOCKER_LOG,
            DOCKER_SERVICE_CAPABILITIES,
            DOCKER_RUNTIME,
            DOCKER_READY,
            DOCKER_READY_MEMORY,
            DOCKER_READY_TIME,
            DOCKER_READY_IMAGES,
            DOCKER_DEADLINE,
            DOCKER_TRANSFER_DEADLINE,
            DOCKER_PULL_DEADLINE,
            NODE_HOST,
            CONSTRAINTS,
            RESERVED_MEMORY,
            RESERVED_CPUS,
            PLACEMENT,
            CACHES,
            PROJECT_CACHES,
            PROJECT_KEYS,
            UNPACKED_CACHE,
            SCHEDULES,
            CATCH_UP,
            RETENTION_AT,
            ARTIFACT_DAYS,
            SOURCE_DAYS,
            LOG_DAYS,
            BUILD_DAYS,
            KEEP_SUCCESSES,
            KEEP_TAGS,
            PROJECT_BYTES,
            ALL_BYTES,
            PACE,
            REPOSITORIES,
            GIT_HTTP,
            GIT_ADDRESSES,
            GIT_AUTHORITIES,
            GIT_AT_ONCE,
            GIT_TIMEOUT,
            GIT_OBJECTS,
            REPORT_HOSTS,
            REPORT_HTTP,
            REPORT_ADDRESSES,
            REPORT_AUTHORITIES,
            REPORTS,
            REPORTS_WAITING,
            REPORTS_AT_ONCE,
            REPORT_TIMEOUT,
            REPORT_TRIES,
            REPORT_KEEP,
            REPORT_FIRST,
            REPORT_LONGEST,
            AUDIT_SEGMENT,
            AUDIT_SEGMENT_TIME,
            AUDIT_SEGMENTS,
            AUDIT_KEEP,
            EVENTS_PER_PROJECT,
            EVENTS_KEEP,
            EVENTS_LIMIT_WINDOW,
            EVENTS_LIMIT_WINDOWS,
            DASHBOARDS,
            DASHBOARD_FRAME,
            DASHBOARD_REFRESH,
            DASHBOARD_IDLE,
            DASHBOARD_COLUMNS,
            DASHBOARD_LINES,
            DASHBOARD_ROWS,
            DASHBOARD_LOG,
            SHELLS,
            SHELLS_PER_IDENTITY,
            SHELLS_PER_JOB,
            PORT_CONNECTIONS,
            SHELL_IDLE,
            KEEP_FAILED,
            LONGEST_KEEP,
            KEPT,
            CONNECTIONS,
            CONNECTIONS_OF_BOTS,
            CONNECTIONS_RESERVE,
            REQUESTS,
            REQUESTS_OF_BOTS,
            REQUESTS_RESERVE,
            UNAUTHENTICATED,
            PER_SOURCE,
            PER_IDENTITY,
            CHANNELS,
            LOGIN_GRACE,
            LOGIN_TRIES,
            IDLE,
            HEARTBEAT,
            REQUEST_LINE,
            JSON_LINE,
            IN_FLIGHT,
            ENVIRONMENT,
            SFTP_HANDLES,
            FOLLOWERS,
            LOG,
            SOURCE,
            LINT,
            UNPACKED,
            ENTRIES,
            DEPTH,
            UPLOAD_LEAST,
            UPLOAD_WINDOW,
            SECRETS,
            SECRET,
            ALL_SECRETS,
            SOURCE_BITS4,
            SOURCE_BITS6,
            PENALTY_LOGIN,
            PENALTY_CRASH,
            PENALTY_NO_LOGIN,
            PENALTY_GRACE,
            PENALTY_LEAST,
            PENALTY_MOST,
            PENALTY_SOURCES,
            PENALTY_OVERFLOW,
            PENALTY_EXEMPT);

    private Settings() {}

    /** The record of all values. */
    static Config config(ConfigFile file) {
        return new Config(
                new Config.Listen(file.get(ADDRESS), file.get(PORT)),
                file.get(LOG_FORMAT),
                new Config.Builds(
                        file.get(AT_ONCE),
                        file.get(JOBS_PER_IDENTITY),
                        file.get(QUEUE),
                        file.get(QUEUE_PER_IDENTITY),
                        file.get(TIMEOUT),
                        file.get(LONGEST),
                        file.get(AFTER_SCRIPT),
                        file.get(MANUAL_WAIT),
                        file.get(STOP_GRACE),
                        file.get(SHUTDOWN_GRACE),
                        file.get(EXECUTOR),
                        file.get(SANDBOX),
                        file.get(NETWORK),
                        file.get(READ_ONLY),
                        job(file),
                        file.get(ARTIFACTS),
                        file.get(JOBS),
                        file.get(LINT)),
                docker(file),
                swarm(file),
                new CacheLimits(
                        file.get(CACHES), file.get(PROJECT_CACHES), file.get(PROJECT_KEYS), file.get(UNPACKED_CACHE)),
                new ScheduleLimits(file.get(SCHEDULES), file.get(CATCH_UP)),
                retention(file),
                git(file),
                reports(file),
                new AuditSettings(
                        file.get(AUDIT_SEGMENT),
                        file.get(AUDIT_SEGMENT_TIME),
                        file.get(AUDIT_SEGMENTS),
                        file.get(AUDIT_KEEP)),
                new Config.Events(
                        new EventSettings(file.get(EVENTS_PER_PROJECT), file.get(EVENTS_KEEP)),
                        file.get(EVENTS_LIMIT_WINDOW),
                        file.get(EVENTS_LIMIT_WINDOWS)),
                dashboard(file),
                shell(file),
                limits(file));
    }

    private static Config.Shell shell(ConfigFile file) {
        return new Config.Shell(
                new VisitSettings(
                        file.get(SHELLS),
                        file.get(SHELLS_PER_IDENTITY),
                        file.get(SHELLS_PER_JOB),
                        file.get(PORT_CONNECTIONS),
                        file.get(KEEP_FAILED),
                        file.get(LONGEST_KEEP),
                        file.get(KEPT)),
                file.get(SHELL_IDLE));
    }

    private static Config.Dashboard dashboard(ConfigFile file) {
        return new Config.Dashboard(
                file.get(DASHBOARDS),
                file.get(DASHBOARD_FRAME),
                file.get(DASHBOARD_REFRESH),
                file.get(DASHBOARD_IDLE),
                file.get(DASHBOARD_COLUMNS),
                file.get(DASHBOARD_LINES),
                file.get(DASHBOARD_ROWS),
                Math.toIntExact(Math.min(file.get(DASHBOARD_LOG), Integer.MAX_VALUE / 4)));
    }

    private static ProcessLimits job(ConfigFile file) {
        return new ProcessLimits(
                file.get(PROCESSES), file.get(SHARED_MEMORY), file.get(ARTIFACT_FILES), file.get(WORKSPACE_FILES));
    }

    private static RetentionSettings retention(ConfigFile file) {
        KeepRules rules = new KeepRules(
                file.get(ARTIFACT_DAYS),
                file.get(SOURCE_DAYS),
                file.get(LOG_DAYS),
                file.get(BUILD_DAYS),
                file.get(KEEP_SUCCESSES),
                file.get(KEEP_TAGS),
                file.get(PROJECT_BYTES));
        return new RetentionSettings(file.get(RETENTION_AT), rules, file.get(ALL_BYTES), file.get(PACE));
    }

    private static Config.Docker docker(ConfigFile file) {
        return new Config.Docker(
                file.get(DOCKER_HOST),
                file.get(DOCKER_CERTIFICATES),
                new ImageSettings(
                        file.get(DOCKER_IMAGE),
                        file.get(DOCKER_ALLOWED),
                        file.get(DOCKER_PULL),
                        file.get(DOCKER_CREDENTIALS).map(Path::of)),
                file.get(DOCKER_USER),
                file.get(DOCKER_SERVICE_CAPABILITIES),
                file.get(DOCKER_RUNTIME),
                new Config.Container(file.get(DOCKER_MEMORY), file.get(DOCKER_CPUS), file.get(DOCKER_LOG)),
                new DockerLimits(
                        file.get(DOCKER_DEADLINE),
                        file.get(DOCKER_TRANSFER_DEADLINE),
                        file.get(DOCKER_PULL_DEADLINE),
                        file.get(ARTIFACT_FILES),
                        file.get(WORKSPACE_FILES)),
                new ReadySettings(
                        file.get(DOCKER_READY),
                        file.get(DOCKER_READY_MEMORY),
                        file.get(DOCKER_READY_TIME),
                        file.get(AT_ONCE),
                        file.get(DOCKER_READY_IMAGES)));
    }

    private static Config.Git git(ConfigFile file) {
        return new Config.Git(
                file.get(REPOSITORIES),
                file.get(GIT_HTTP),
                file.get(GIT_ADDRESSES),
                file.get(GIT_AUTHORITIES).map(Path::of),
                new GitLimits(file.get(GIT_AT_ONCE), file.get(GIT_TIMEOUT), file.get(GIT_OBJECTS)));
    }

    private static Config.Swarm swarm(ConfigFile file) {
        return new Config.Swarm(
                file.get(NODE_HOST),
                file.get(CONSTRAINTS),
                new SwarmSettings.Reserved(file.get(RESERVED_MEMORY), file.get(RESERVED_CPUS)),
                file.get(PLACEMENT));
    }

    private static Config.Reports reports(ConfigFile file) {
        ReportLimits limits = new ReportLimits(
                file.get(REPORTS),
                file.get(REPORTS_WAITING),
                file.get(REPORTS_AT_ONCE),
                file.get(REPORT_TIMEOUT),
                file.get(REPORT_TRIES),
                file.get(REPORT_KEEP),
                file.get(REPORT_FIRST),
                file.get(REPORT_LONGEST));
        return new Config.Reports(
                file.get(REPORT_HOSTS),
                file.get(REPORT_HTTP),
                file.get(REPORT_ADDRESSES),
                file.get(REPORT_AUTHORITIES).map(Path::of),
                limits);
    }

    private static Config.Limits limits(ConfigFile file) {
        return new Config.Limits(
                new Pools.Sizes(file.get(CONNECTIONS), file.get(CONNECTIONS_OF_BOTS), file.get(CONNECTIONS_RESERVE)),
                new Pools.Sizes(file.get(REQUESTS), file.get(REQUESTS_OF_BOTS), file.get(REQUESTS_RESERVE)),
                file.get(UNAUTHENTICATED),
                file.get(PER_SOURCE),
                file.get(PER_IDENTITY),
                file.get(CHANNELS),
                file.get(LOGIN_GRACE),
                file.get(LOGIN_TRIES),
                file.get(IDLE),
                file.get(HEARTBEAT),
                Math.toIntExact(Math.min(file.get(REQUEST_LINE), Integer.MAX_VALUE / 4)),
                Math.toIntExact(Math.min(file.get(JSON_LINE), Integer.MAX_VALUE / 4)),
                file.get(IN_FLIGHT),
                file.get(ENVIRONMENT),
                file.get(SFTP_HANDLES),
                file.get(FOLLOWERS),
                file.get(LOG),
                new SourceLimits(file.get(SOURCE), file.get(UNPACKED), file.get(ENTRIES), file.get(DEPTH)),
                new Config.Upload(file.get(UPLOAD_LEAST), file.get(UPLOAD_WINDOW)),
                new SecretLimits(
                        file.get(SECRETS),
                        Math.toIntExact(Math.min(file.get(SECRET), Integer.MAX_VALUE / 4)),
                        file.get(ALL_SECRETS)),
                file.get(SOURCE_BITS4),
                file.get(SOURCE_BITS6),
                penalties(file));
    }

    private static Config.Penalties penalties(ConfigFile file) {
        return new Config.Penalties(
                file.get(PENALTY_LOGIN),
                file.get(PENALTY_CRASH),
                file.get(PENALTY_NO_LOGIN),
                file.get(PENALTY_GRACE),
                file.get(PENALTY_LEAST),
                file.get(PENALTY_MOST),
                file.get(PENALTY_SOURCES),
                file.get(PENALTY_OVERFLOW),
                file.get(PENALTY_EXEMPT));
    }
}
