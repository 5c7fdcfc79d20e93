package io.sallyport.builds.engine;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Content;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.cache.CacheEntry;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.log.BuildLog;
import io.sallyport.builds.log.LogRecords;
import io.sallyport.builds.log.LogSelection;
import io.sallyport.builds.log.LogWriter;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.source.SourceTar;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.ProjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The builds of a gateway: takes them in, runs them, answers what became of them. Knows nothing of who asks and what
 * they may see. All methods may be called from any thread; those that wait can be interrupted.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EngineParts parts;
    private final EngineSettings settings;
    private final Submissions submissions;
    private final SourceTar sourceTar;
    private final Endings endings = new Endings();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("job-timeouts").daemon().factory());
    private final Scheduler scheduler;
    private volatile boolean closing;

    private Engine(EngineParts parts, EngineSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.submissions = new Submissions(parts, settings);
        this.sourceTar = new SourceTar(parts.blobs());
        this.scheduler = new Scheduler(settings.atOnce(), this::prepare, endings::ended);
    }

    /**
     * Takes up what an earlier engine has left, and starts.
     *
     * @throws IOException when logs cannot be written
     */
    public static Engine start(EngineParts parts, EngineSettings settings) throws IOException {
        Engine engine = new Engine(parts, settings);
        new Recovery(parts).run(engine::enqueue);
        return engine;
    }

    /** Takes in a source and queues its build. Accepted means: source and record are on disk. */
    public Submitted submit(Submission submission, InputStream body) throws IOException {
        Optional<Refusal> refusal = refusal();
        if (refusal.isPresent()) {
            return new Submitted.Refused(refusal.get());
        }
        return queued(submissions.receive(submission, body));
    }

    /**
     * The plan that a spec would give, or its errors; nothing is kept.
     *
     * @param by who asks
     * @param body the text of a spec, or a whole source, told by its first bytes
     * @throws IOException when the body breaks off, or the content store fails
     */
    public SpecAnswer check(String by, SpecQuestion question, InputStream body) throws IOException {
        return submissions.check(by, question, body);
    }

    /** Queues a new build of the same source as an old one, trusted or not; see {@link Build}. */
    public Submitted retry(Build old, String submittedBy, boolean trusted) throws IOException {
        Optional<Refusal> refusal = refusal();
        Optional<Project> project = parts.projects().project(old.project());
        Optional<BuildStore.SpecText> spec = parts.builds().spec(old.id());
        if (refusal.isPresent()) {
            return new Submitted.Refused(refusal.get());
        }
        if (project.isEmpty() || spec.isEmpty()) {
            return new Submitted.Refused(new Refusal.NoProject(old.project()));
        }
        return queued(submissions.repeat(old, project.get(), submittedBy, trusted, spec.get()));
    }

    /** Ends a build before its time, on somebody's word. */
    public Cancellation cancel(Build build, String by, Optional<String> reason) throws IOException {
        if (build.state().ended()) {
            return new Cancellation.TooLate(build);
        }
        parts.builds().markCanceled(build.id(), by, reason);
        if (scheduler.withdraw(build.id())) {
            return new Cancellation.Done(endWaiting(build, by, reason));
        }
        boolean running = scheduler.stop(build.id(), new StopSignal.Canceled(by, reason));
        Build now = parts.builds().build(build.id()).orElse(build);
        return running ? new Cancellation.UnderWay(now) : new Cancellation.TooLate(now);
    }

    /** The build of that number. */
    public Optional<Build> build(long id) {
        return parts.builds().build(id);
    }

    /** Builds, newest first. */
    public List<Build> builds(BuildQuery query) {
        return parts.builds().list(query);
    }

    /**
     * When somebody has submitted their latest build of a project ({@code latest} 1), the one before it (2), and so on;
     * empty when they have submitted fewer.
     */
    public Optional<Instant> submitted(Project project, String by, int latest) {
        return parts.builds().submitted(project, by, latest);
    }

    /** How many builds of a project somebody has submitted that wait or run. */
    public int unfinished(Project project, String by) {
        return parts.builds().unfinished(project, by);
    }

    /** Waits until the build has ended, or this engine; the answer is its record then. */
    public Build await(Build build) throws InterruptedException {
        if (build.state().ended()) {
            return build;
        }
        endings.await(build.id());
        return parts.builds().build(build.id()).orElse(build);
    }

    /** The builds that wait, in the order in which they would be started now; at most 1,000. */
    public List<QueueEntry> queue() {
        return scheduler.entries();
    }

    /** The bytes of a log, from any offset; followed, they end when the build does. */
    public Content log(Build build, LogSelection selection, boolean follow) throws IOException {
        return ended(build).raw(selection, follow && !build.state().ended());
    }

    /** The records of a log, from any offset; followed, they end when the build does. */
    public LogRecords logRecords(Build build, LogSelection selection, long offset, boolean follow) throws IOException {
        return ended(build).records(selection, offset, follow && !build.state().ended());
    }

    /** The artifacts of a build, in the order of their paths. */
    public List<Artifact> artifacts(Build build) {
        return parts.builds().artifacts(build.id());
    }

    /** One artifact of a build. */
    public Optional<Artifact> artifact(Build build, String path) {
        return parts.builds().artifact(build.id(), path);
    }

    /** The bytes of an artifact. */
    public Content content(Artifact artifact) {
        return parts.blobs()
                .read(artifact.blob().digest())
                .orElseThrow(() -> new IllegalStateException("the store lacks " + artifact.blob()));
    }

    /** All artifacts of a build as a tar. */
    public Content artifactsTar(Build build) {
        return ArtifactsTar.of(artifacts(build), build.finished().orElse(build.created()), parts.blobs());
    }

    /** What can be checked of a build without this engine; empty when there is no such, or not yet. */
    public Optional<Evidence> evidence(Build build) {
        return parts.builds().evidence(build.id());
    }

    /** The source of a build as a tar. */
    public Content sourceTar(Build build) {
        return sourceTar.content(build.source());
    }

    /** The project of that name. */
    public Optional<Project> project(String name) {
        return parts.projects().project(name);
    }

    /** All projects, in the order of their names. */
    public List<Project> projects() {
        return parts.projects().projects();
    }

    /** Makes a project, or changes its settings, on somebody's word. */
    public ProjectStore.Put putProject(String name, ProjectSettings projectSettings, String by) {
        return parts.projects().put(name, projectSettings, by);
    }

    /** The caches of a project, in the order of their names. */
    public List<CacheEntry> caches(Project project) {
        return parts.caches().list(project.id());
    }

    /** Forgets one cache of a project, whichever builds have written it. False when there was none. */
    public boolean removeCache(Project project, String name) {
        return parts.caches().remove(project.id(), name);
    }

    /** Forgets all caches of a project; the answer is how many they were. */
    public int removeCaches(Project project) {
        return parts.caches().removeAll(project.id());
    }

    /** Removes a project: its builds end, and are not found any more; its caches go. False when there was none. */
    public boolean removeProject(String name, String by) throws IOException {
        List<Build> open = parts.builds().unfinished().stream()
                .filter(build -> build.project().equals(name))
                .toList();
        Optional<Project> project = parts.projects().project(name);
        boolean removed = parts.projects().remove(name, by);
        project.ifPresent(this::removeCaches);
        for (Build build : open) {
            cancel(build, by, Optional.of("the project was removed"));
        }
        return removed;
    }

    /** The first failure to bring the bytes of a log, a source or an artifact to the disk: no builds are taken since. */
    public Optional<IOException> storageFailure() {
        return parts.logs().failure().or(() -> parts.blobs().failure());
    }

    /** How builds are kept apart here. */
    public Isolation isolation() {
        return parts.executor().isolation();
    }

    /** How the engine runs builds. */
    public EngineSettings settings() {
        return settings;
    }

    /**
     * Takes no more builds, lets those that run end within the grace time, stops the others and queues them again. Who
     * waits for the end of a build is let go. Repeated calls do nothing.
     */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        try {
            scheduler.shutdown(settings.shutdownGrace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endings.giveUp();
        timer.shutdownNow();
    }

    private Optional<Refusal> refusal() {
        if (closing) {
            return Optional.of(new Refusal.Draining("the gateway is going down"));
        }
        if (storageFailure().isPresent()) {
            return Optional.of(new Refusal.StorageFailed());
        }
        return scheduler.waiting() >= settings.queue()
                ? Optional.of(new Refusal.QueueFull(settings.queue()))
                : Optional.empty();
    }

    private Submitted queued(Submitted submitted) {
        if (submitted instanceof Submitted.Accepted accepted && accepted.fresh()) {
            LOG.info(
                    "build accepted build={} project={} by={}",
                    accepted.build().id(),
                    accepted.build().project(),
                    accepted.build().submittedBy());
            enqueue(accepted.build());
        }
        return submitted;
    }

    private void enqueue(Build build) {
        try {
            parts.logs().of(build.id()); // there from the beginning, so that it can be followed before the build starts
        } catch (IOException e) {
            // It is on record, so it must come to an end.
            LOG.error("log of build {} cannot be made", build.id(), e);
        }
        endings.expect(build.id());
        scheduler.enqueue(build);
    }

    /** On the build's own thread: its plan is read again from the recorded spec, as after a restart. */
    private BuildRun prepare(long id) {
        Build build = parts.builds().build(id).orElseThrow(() -> new IllegalStateException("no build " + id));
        Project project = parts.projects().project(build.project()).orElseThrow();
        Plan plan = plan(build, project);
        return new BuildRun(parts, settings, timer, build, plan);
    }

    private Plan plan(Build build, Project project) {
        try {
            return submissions.plan(
                    build, project, parts.builds().spec(build.id()).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Build endWaiting(Build build, String by, Optional<String> reason) throws IOException {
        Build ended;
        try (LogWriter log = parts.logs().of(build.id()).writer()) { // first: no reader is to take it for left
            ended = parts.builds()
                    .move(build.id(), BuildState.CANCELED, reason, parts.clock().instant());
            log.system(0, "build " + build.id() + " canceled by " + by + " before it started");
            log.end(BuildState.CANCELED);
        }
        endings.ended(ended);
        return ended;
    }

    /** A crash between the end in the record and the end in the log leaves the latter to the next reader. */
    private BuildLog ended(Build build) throws IOException {
        BuildLog log = parts.logs().of(build.id());
        if (build.state().ended()) {
            log.endIfLeft(build.state());
        }
        return log;
    }
}
