package io.sallyport.gateway.settings;

import io.sallyport.builds.cache.CacheLimits;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.executor.docker.ContainerUser;
import io.sallyport.builds.executor.docker.DockerLimits;
import io.sallyport.builds.executor.docker.ImageSettings;
import io.sallyport.builds.executor.docker.ReadySettings;
import io.sallyport.builds.executor.docker.SwarmSettings;
import io.sallyport.builds.executor.process.ProcessLimits;
import io.sallyport.builds.executor.process.Sandbox;
import io.sallyport.builds.git.GitLimits;
import io.sallyport.builds.git.RepositoryPattern;
import io.sallyport.builds.outward.ReportLimits;
import io.sallyport.builds.retention.RetentionSettings;
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

/**
 * Every setting of a gateway, as {@link ConfigFile} has read it. Sizes are in bytes.
 *
 * @param listen where the door is
 * @param log how the lines of the gateway's own log look
 * @param builds how builds run
 * @param docker the engine, for builds that run there
 * @param swarm what is different where that is one of a Swarm's managers, for builds that run on its nodes
 * @param caches how much of them is kept
 * @param schedules what bounds schedules
 * @param retention how long what builds have left is kept
 * @param git which repositories may be fetched
 * @param reports who outside may be told of builds
 * @param audit bounds of the audit log
 * @param events bounds of what is told of what happens
 * @param dashboard bounds of what a terminal is shown
 * @param shell bounds of shells in jobs
 * @param limits what bounds everything else
 */
public record Config(
        Listen listen,
        LogFormat log,
        Builds builds,
        Docker docker,
        Swarm swarm,
        CacheLimits caches,
        ScheduleLimits schedules,
        RetentionSettings retention,
        Git git,
        Reports reports,
        AuditSettings audit,
        Events events,
        Dashboard dashboard,
        Shell shell,
        Limits limits) {
    /**
     * Where to listen.
     *
     * @param address name or number of an interface
     * @param port 0 picks a free one
     */
    public record Listen(String address, int port) {}

    /**
     * How builds run.
     *
     * @param atOnce jobs that run at the same time
     * @param jobsPerIdentity of these, of the builds that one identity has submitted; 0 for any number
     * @param queue builds that may wait
     * @param queuePerIdentity of these, those that one identity has submitted
     * @param timeout of a job whose spec names none
     * @param longestTimeout that a spec may name
     * @param afterScript the longest time of what runs after a job's script
     * @param manualWait for somebody to start a job that a build waits for
     * @param stopGrace between asking a job to end and ending it
     * @param shutdownGrace for builds that run when the gateway is asked to end
     * @param place where jobs run
     * @param sandbox required, auto or none
     * @param network whether builds reach the network
     * @param readOnlyPaths further folders that builds may read
     * @param job what one may use
     * @param artifactBytes kept of one build
     * @param jobs of one build
     * @param lintBytes of a source whose spec is checked and that is not built
     */
    public record Builds(
            int atOnce,
            int jobsPerIdentity,
            int queue,
            int queuePerIdentity,
            Duration timeout,
            Duration longestTimeout,
            Duration afterScript,
            Duration manualWait,
            Duration stopGrace,
            Duration shutdownGrace,
            Place place,
            Sandbox sandbox,
            boolean network,
            List<String> readOnlyPaths,
            ProcessLimits job,
            long artifactBytes,
            int jobs,
            long lintBytes) {}

    /** Where jobs run. */
    public enum Place {
        /** As processes of this machine. */
        PROCESS,
        /** As containers on a Docker engine. */
        DOCKER,
        /** As services of a Docker Swarm. */
        SWARM
    }

    /**
     * The engine, and what it is asked for. Of use where builds run there.
     *
     * @param host its address
     * @param certificates a folder, for an address on the network
     * @param images which may be used
     * @param user who a job is in its container
     * @param serviceCapabilities that services keep
     * @param runtime of the engine's
     * @param container what one may use, besides what any job may
     * @param limits of what is asked of the engine
     * @param ready containers that are made ahead
     */
    public record Docker(
            String host,
            Optional<String> certificates,
            ImageSettings images,
            ContainerUser user,
            List<String> serviceCapabilities,
            Optional<String> runtime,
            Container container,
            DockerLimits limits,
            ReadySettings ready) {}

    /**
     * The nodes. Of use where builds run there.
     *
     * @param nodeHost pattern of their engines' addresses
     * @param constraints that a node has to meet
     * @param reserved for one container
     * @param placement the longest time to find a node
     */
    public record Swarm(
            String nodeHost, List<String> constraints, SwarmSettings.Reserved reserved, Duration placement) {}

    /**
     * What one container may use.
     *
     * @param memory bytes
     * @param cpus processors
     * @param logBytes of its output that the engine keeps
     */
    public record Container(long memory, double cpus, long logBytes) {}

    /**
     * Which repositories may be fetched.
     *
     * @param repositories that may be; none when nothing is fetched
     * @param plainHttp whether without TLS, too
     * @param addresses that may be reached though they are not on the internet
     * @param authorities file of the certificates that are believed; empty for those that Java knows
     * @param limits of fetches
     */
    public record Git(
            List<RepositoryPattern> repositories,
            boolean plainHttp,
            List<Network> addresses,
            Optional<Path> authorities,
            GitLimits limits) {}

    /**
     * Who outside may be told of builds.
     *
     * @param hosts that may be reached; none when nobody may
     * @param plainHttp whether without TLS, too
     * @param addresses that may be reached though they are not on the internet
     * @param authorities file of the certificates that are believed; empty for those that Java knows
     * @param limits of it all
     */
    public record Reports(
            List<HostPattern> hosts,
            boolean plainHttp,
            List<Network> addresses,
            Optional<Path> authorities,
            ReportLimits limits) {}

    /**
     * What is told of what happens.
     *
     * @param kept of the events
     * @param limitWindow in which one who reaches a limit again and again makes two events at most
     * @param limitWindows at the same time
     */
    public record Events(EventSettings kept, Duration limitWindow, int limitWindows) {}

    /**
     * What a terminal is shown.
     *
     * @param atOnce dashboards that may be open
     * @param frame least time between two paintings
     * @param refresh least time between two readings of all that is shown
     * @param idle without a key, after which one ends
     * @param columns of a screen that are used
     * @param lines the same
     * @param rows builds that one remembers
     * @param logBytes of a log that one holds
     */
    public record Dashboard(
            int atOnce,
            Duration frame,
            Duration refresh,
            Duration idle,
            int columns,
            int lines,
            int rows,
            int logBytes) {}

    /**
     * What bounds shells in jobs.
     *
     * @param visits who may be in jobs, and which are kept for that
     * @param idle without a byte either way, after which one ends
     */
    public record Shell(VisitSettings visits, Duration idle) {}

    /**
     * What bounds everything else.
     *
     * @param connections that have logged in
     * @param requests that run
     * @param unauthenticated connections that have not logged in yet
     * @param unauthenticatedPerSource the same from one address
     * @param perIdentity connections of one identity
     * @param channels of one connection
     * @param loginGrace to log in
     * @param loginTries authentication requests of one connection
     * @param idle without any channel data, after which a connection is closed
     * @param heartbeat between signs of life that the gateway asks for
     * @param requestLine bytes of a request
     * @param jsonLine bytes of a line of the subsystem, in either direction
     * @param inFlight requests of one channel of the subsystem that have not ended
     * @param environment variables of a channel
     * @param sftpHandles open in one SFTP session
     * @param followers of logs, all together
     * @param logBytes kept of one build's log
     * @param source bounds of a submission
     * @param upload how slow a body may be
     * @param secrets bounds of a project's secrets
     * @param sourceBits4 leading bits of an IPv4 address that make one source of connections
     * @param sourceBits6 the same of an IPv6 address
     * @param penalties of sources
     */
    public record Limits(
            Pools.Sizes connections,
            Pools.Sizes requests,
            int unauthenticated,
            int unauthenticatedPerSource,
            int perIdentity,
            int channels,
            Duration loginGrace,
            int loginTries,
            Duration idle,
            Duration heartbeat,
            int requestLine,
            int jsonLine,
            int inFlight,
            int environment,
            int sftpHandles,
            int followers,
            long logBytes,
            SourceLimits source,
            Upload upload,
            SecretLimits secrets,
            int sourceBits4,
            int sourceBits6,
            Penalties penalties) {}

    /**
     * How slow a body may be.
     *
     * @param least bytes that have to come
     * @param window of waiting in which they have to
     */
    public record Upload(long least, Duration window) {}

    /**
     * Penalties of sources whose connections end without a login.
     *
     * @param failedLogin for a connection that has tried
     * @param crash for one that has broken the protocol
     * @param noLogin for one that has not tried
     * @param graceExceeded for one that has used up its time
     * @param least above which a source is refused
     * @param most that it can add up to
     * @param sources remembered of each family of addresses
     * @param overflow when more would have to be remembered
     * @param exempt sources that are never penalised
     */
    public record Penalties(
            Duration failedLogin,
            Duration crash,
            Duration noLogin,
            Duration graceExceeded,
            Duration least,
            Duration most,
            int sources,
            Overflow overflow,
            List<Network> exempt) {}

    /** What happens when there are more penalised sources than are remembered. */
    public enum Overflow {
        /** Those whose penalties end first are forgotten. */
        PERMISSIVE,
        /** Sources that are not known are refused until a penalty ends. */
        DENY
    }

    /** The same settings, listening elsewhere. */
    public Config listeningOn(Listen other) {
        return new Config(
                other, log, builds, docker, swarm, caches, schedules, retention, git, reports, audit, events, dashboard,
                shell, limits);
    }
}
