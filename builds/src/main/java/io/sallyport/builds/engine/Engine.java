package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Content;
import io.sallyport.builds.Job;
import io.sallyport.builds.Pause;
import io.sallyport.builds.Project;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.source.KnownManifest;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.visit.Aim;
import io.sallyport.builds.visit.Entering;
import io.sallyport.builds.visit.Rooms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The builds of a gateway: takes them in, runs them, answers what became of them. Knows nothing of who asks and what
 * they may see. All methods may be called from any thread; those that wait can be interrupted.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int LONGEST_QUEUE = 1000;

    private final EngineParts parts;
    private final EngineSettings settings;
    private final Submissions submissions;
    private final BuildLogs logs;
    private final BuildFiles files;
    private final Projects projects;
    private final Endings endings = new Endings();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("job-timeouts").daemon().factory());
    private final LiveBuilds live;
    private final Scheduler scheduler;
    private final Alarms alarms;
    private final Admission admission;
    private final Rooms rooms;
    private final Patience patience;
    private volatile boolean closing;

    private Engine(EngineParts parts, EngineSettings settings, Patience patience) {
        this.parts = parts;
        this.patience = patience;
        this.settings = settings;
        this.submissions = new Submissions(parts, settings);
        this.logs = new BuildLogs(parts.logs());
        this.files = new BuildFiles(parts.builds(), parts.blobs());
        JobQueue queue = new JobQueue(
                new JobQueue.Bounds(settings.atOnce(), settings.jobsPerIdentity()),
                name -> parts.projects().project(name).map(Share::of).orElseGet(Share::usual));
        this.live = new LiveBuilds(this::run);
        this.scheduler = new Scheduler(queue, seeker -> live.post(seeker.build(), new Message.Granted(seeker.index())));
        this.alarms = new Alarms(timer, parts.clock(), id -> live.post(id, new Message.Wake()));
        this.admission = new Admission(scheduler, settings);
        this.projects = new Projects(parts, scheduler, this::cancel);
        this.rooms = new Rooms(settings.visits(), parts.visits(), timer, parts.clock());
    }

    /**
     * Takes up what an earlier engine has left, and starts.
     *
     * @throws IOException when logs cannot be written
     * @throws InterruptedException when the thread is interrupted
     */
    public static Engine start(EngineParts parts, EngineSettings settings) throws IOException, InterruptedException {
        return start(parts, settings, Patience.USUAL);
    }

    static Engine start(EngineParts parts, EngineSettings settings, Patience patience)
            throws IOException, InterruptedException {
        Engine engine = new Engine(parts, settings, patience);
        new Recovery(parts, engine.live, engine.endings).run(engine::enqueue);
        return engine;
    }

    /** Takes in a source and queues its build. Accepted means: source and record are on disk. */
    public Submitted submit(Submission submission, InputStream body) throws IOException {
        return admitted(submission, () -> submissions.receive(submission, body));
    }

    /**
     * Keeps a manifest, and files that come with it, for submissions of the project that name it.
     *
     * @param by who sends it
     * @throws IOException when the content store fails
     */
    public KnownManifest know(Project project, String by, InputStream body) throws IOException {
        return storageFailure().isPresent()
                ? new KnownManifest.Refused(new Refusal.StorageFailed())
                : submissions.know(project, by, body);
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

    /**
     * Takes in the source of an earlier build anew, as a submission of its own: it is checked and its spec is read as if
     * it had been sent again.
     */
    public Submitted submitSourceOf(Build earlier, Submission submission) throws IOException {
        Optional<Content> source = parts.blobs().read(earlier.source().blob().digest());
        if (source.isEmpty()) {
            return new Submitted.Refused(new Refusal.SourceGone(earlier.id()));
        }
        try (InputStream body = Channels.newInputStream(source.get().open(0))) {
            return admitted(submission, () -> submissions.receiveAgain(submission, earlier.source(), body));
        }
    }

    /** Queues a build of what is planned already. */
    Submitted submit(Submission submission, Source source, BuildStore.SpecText spec, Plan plan) throws IOException {
        return admitted(submission, () -> new Enrolment(parts).insert(submission, source, spec, plan));
    }

    /**
     * Queues a new build of the same source as an old one.
     *
     * @param trusted see {@link Build}
     * @param jobs {@code failed} for those that have not succeeded and what depends on them, or the names of jobs, which run
     *     with what they need; what need not run again is taken over; empty or {@code all} for a whole build
     * @param keep how long jobs that fail are kept, see {@link io.sallyport.builds.BuildRequest}
     */
    public Submitted retry(
            Build old, String submittedBy, boolean trusted, Optional<String> jobs, Optional<Duration> keep)
            throws IOException {
        Optional<Project> project = parts.projects().project(old.project());
        Optional<BuildStore.SpecText> spec = parts.builds().spec(old.id());
        if (project.isEmpty() || spec.isEmpty()) {
            return new Submitted.Refused(new Refusal.NoProject(old.project()));
        }
        Submission submission = new Submission(
                project.get(), submittedBy, trusted, old.request().retrying(old.id(), jobs, keep), older -> false);
        String which = jobs.orElse(Repetition.ALL);
        return admitted(submission, () -> submissions.repeat(submission, old, spec.get(), which));
    }

    /** Starts a job of a build that waits for that, or for a time; it gets its place like any other. */
    public Starting start(Build build, String job, String by) {
        if (build.state().ended()) {
            return new Starting.TooLate(build);
        }
        if (build.job(job).isEmpty()) {
            return new Starting.NoSuchJob(build);
        }
        CompletableFuture<Message.Answer> answer = new CompletableFuture<>();
        if (build.state() == BuildState.RUNNING) {
            live.post(build.id(), new Message.Start(job, by, answer));
        } else {
            answer.complete(Message.Answer.NOT_WAITING);
        }
        Message.Answer given = answer.completeOnTimeout(
                        Message.Answer.UNDER_WAY, LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        Build now = parts.builds().build(build.id()).orElse(build);
        return switch (given) {
            case DONE, UNDER_WAY -> new Starting.Done(now);
            case NOT_WAITING -> new Starting.NotWaiting(now, now.job(job).orElseThrow());
            case TOO_LATE -> new Starting.TooLate(now);
        };
    }

    /** Ends a build before its time, on somebody's word. */
    public Cancellation cancel(Build build, String by, Optional<String> reason) {
        if (build.state().ended()) {
            return new Cancellation.TooLate(build);
        }
        parts.builds().markCanceled(build.id(), by, reason);
        CompletableFuture<Message.Answer> answer = new CompletableFuture<>();
        scheduler.withdraw(build.id());
        live.post(build.id(), new Message.Cancel(by, reason, answer));
        Message.Answer given = answer.completeOnTimeout(
                        Message.Answer.UNDER_WAY, LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        Build now = parts.builds().build(build.id()).orElse(build);
        return switch (given) {
            case DONE -> new Cancellation.Done(now);
            case UNDER_WAY -> new Cancellation.UnderWay(now);
            case TOO_LATE, NOT_WAITING -> new Cancellation.TooLate(now);
        };
    }

    /**
     * Lets somebody into a job who may go in.
     *
     * @param by who wants to
     */
    public Entering enter(Build build, String job, String by, Aim aim) {
        Optional<Job> found = build.job(job);
        if (found.isEmpty()) {
            return new Entering.NoSuchJob();
        }
        List<Integer> declared = parts.builds().plan(build.id()).stream()
                .flatMap(plan -> plan.jobs().stream())
                .filter(spec -> spec.name().equals(job))
                .flatMap(spec -> spec.work().ports().stream())
                .toList();
        return rooms.enter(build, found.get(), by, aim, declared);
    }

    /** Keeps a failed job no longer; false when it is not kept. */
    public boolean vacate(Build build, String job) {
        return rooms.vacate(build.id(), job);
    }

    /** Until when which failed jobs of a build are kept, by their names, if nobody is in them. */
    public Map<String, Instant> kept(Build build) {
        return rooms.kept(build.id());
    }

    /** Who has had a shell in which job of a build, by their names. */
    public Map<String, SortedSet<String>> visitors(Build build) {
        return parts.visits().of(build.id());
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

    /**
     * What waits, at most 1,000 entries: for a place, in the order in which it would get one now; then jobs that wait for
     * something else.
     */
    public List<QueueEntry> queue() {
        return new WaitingJobs(parts.builds()).after(scheduler.entries(LONGEST_QUEUE), LONGEST_QUEUE);
    }

    /** The logs of builds. */
    public BuildLogs logs() {
        return logs;
    }

    /** What builds were made of, and what they have left. */
    public BuildFiles files() {
        return files;
    }

    /** The projects that builds are of. */
    public Projects projects() {
        return projects;
    }

    /** Why no new builds are taken; empty when they are. */
    public Optional<Pause> drain() {
        return parts.pauses().drain();
    }

    /** Takes no new builds from now on, over restarts too; those that are here go on. */
    public Pause drain(String by, Optional<String> message) {
        return parts.pauses().drain(by, message);
    }

    /** Takes builds again. */
    public void endDrain(String by) {
        parts.pauses().resume(by);
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
        rooms.close();
        try {
            scheduler.close(settings.shutdownGrace());
            live.postAll(new Message.Shutdown());
            scheduler.awaitIdle();
            live.awaitQuiet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endings.giveUp();
        timer.shutdownNow();
    }

    /** Receives or makes a build. */
    private interface Making {
        Submitted make() throws IOException;
    }

    private Submitted admitted(Submission submission, Making making) throws IOException {
        if (closing) {
            return new Submitted.Refused(new Refusal.Draining("the gateway is going down"));
        }
        Optional<Pause> drain = parts.pauses().drain();
        if (drain.isPresent()) {
            return new Submitted.Refused(new Refusal.Drained(drain.get()));
        }
        if (storageFailure().isPresent()) {
            return new Submitted.Refused(new Refusal.StorageFailed());
        }
        Optional<Refusal> refusal = admission.enter(submission.project(), submission.submittedBy());
        if (refusal.isPresent()) {
            return new Submitted.Refused(refusal.get());
        }
        try {
            return queued(making.make());
        } finally {
            admission.leave(submission.project(), submission.submittedBy());
        }
    }

    private Submitted queued(Submitted submitted) {
        if (submitted instanceof Submitted.Accepted accepted && accepted.fresh()) {
            LOG.info(
                    "build accepted build={} project={} by={}",
                    accepted.build().id(),
                    accepted.build().project(),
                    accepted.build().submittedBy());
            enqueue(accepted.build());
            accepted.superseded().forEach(older -> supersede(older, accepted.build()));
        }
        return submitted;
    }

    private void supersede(BuildStore.Superseded older, Build newer) {
        LOG.info("build superseded build={} by={}", older.build(), newer.id());
        if (older.whole()) {
            scheduler.withdraw(older.build());
            live.post(
                    older.build(),
                    new Message.Cancel(
                            newer.submittedBy(),
                            Optional.of("superseded by build " + newer.id()),
                            new CompletableFuture<>()));
        } else {
            live.post(older.build(), new Message.Superseded(newer.id()));
        }
    }

    private void enqueue(Build build) {
        try {
            parts.logs().of(build.id()); // there from the beginning, so that it can be followed before the build starts
        } catch (IOException e) {
            // It is on record, so it must come to an end.
            LOG.error("log of build {} cannot be made", build.id(), e);
        }
        endings.expect(build.id());
        List<Seeker> first = Seekers.first(build);
        if (first.isEmpty()) {
            live.post(build.id(), new Message.Wake());
        } else {
            scheduler.enqueue(build.id(), first);
        }
    }

    private BuildRun run(long id) {
        return new BuildRun(
                new Workings(parts, settings, scheduler, live, alarms, rooms, timer, patience, endings::ended), id);
    }
}
