package io.sallyport.builds.retention;

import io.sallyport.builds.Build;
import io.sallyport.builds.OwnThread;
import io.sallyport.builds.Project;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Collected;
import io.sallyport.builds.blob.Pace;
import io.sallyport.builds.schedule.Alarm;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what builds have left as long as the rules say. One thread waits for the time of the next run. A run can be cut
 * off at any instruction: each removal is on record before its bytes go, and what is left of it is done by the next run.
 * Methods may be called from any thread.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration FAR = Duration.ofDays(1);
    private static final Duration UNSUBMITTED = Duration.ofDays(1);
    private static final int UNHURRIED = 1_000_000;

    private final RetentionParts parts;
    private final RetentionSettings settings;
    private final InstantSource clock;
    private final Alarm alarm;
    private final AtomicReference<@Nullable CompletableFuture<Report>> wanted = new AtomicReference<>();
    private final ReentrantLock rehearsing = new ReentrantLock();
    private final OwnThread thread;
    private Instant last; // of the thread alone
    private volatile boolean closed;

    private Retention(RetentionParts parts, RetentionSettings settings, InstantSource clock) {
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.alarm = new Alarm(clock);
        this.last = parts.store().lastRun().orElseGet(this::begun);
        this.thread = new OwnThread(Thread.ofPlatform().name("retention").unstarted(this::work));
    }

    /** Begins to keep time. A run whose time came while there was no gateway, or that was cut off, is made at once. */
    public static Retention start(RetentionParts parts, RetentionSettings settings, InstantSource clock) {
        Retention retention = new Retention(parts, settings, clock);
        retention.thread.start();
        return retention;
    }

    /** What a run would remove now. Empty when somebody else is asking the same. */
    public Optional<Report> rehearse() throws IOException, InterruptedException {
        if (!rehearsing.tryLock()) {
            return Optional.empty();
        }
        try {
            Instant began = clock.instant();
            Tally tally = run(removal -> true, new Pace(UNHURRIED), began);
            List<Blob> missing = missing(new Pace(UNHURRIED));
            return Optional.of(tally.report(true, began, clock.instant(), Collected.NOTHING, missing));
        } finally {
            rehearsing.unlock();
        }
    }

    /**
     * Removes now what is not kept any longer. Empty when that is being done already.
     *
     * @throws InterruptedException when the caller is interrupted; the run goes on
     * @throws IOException when files cannot be removed, or the gateway goes down
     */
    public Optional<Report> runNow() throws IOException, InterruptedException {
        CompletableFuture<Report> report = new CompletableFuture<>();
        if (closed || !wanted.compareAndSet(null, report)) {
            return Optional.empty();
        }
        alarm.wake();
        try {
            return Optional.of(report.get());
        } catch (ExecutionException e) {
            throw new IOException("retention was not brought to its end", e.getCause());
        }
    }

    /** Keeps a build for good. Of several who say so, the first is remembered. */
    public Pin pin(Build build, String by, Optional<String> reason) {
        return parts.store().pin(build.id(), new Pin(by, clock.instant(), reason));
    }

    /** Keeps a build no longer than others. False when it was not pinned. */
    public boolean unpin(Build build, String by) {
        return parts.store().unpin(build.id(), by);
    }

    /** What there is to say of a build besides its record. */
    public Remains remains(Build build) {
        return parts.store().remains(build.id(), build.project());
    }

    /** The same of many builds, by their numbers; of most there is nothing to say, and they are left out. */
    public Map<Long, Remains> remains(List<Build> builds) {
        Map<Long, Remains> remains = new HashMap<>();
        Set<Long> some = new HashSet<>(
                parts.store().withRemains(builds.stream().map(Build::id).toList()));
        builds.stream()
                .filter(build -> some.contains(build.id()))
                .forEach(build -> remains.put(build.id(), remains(build)));
        return remains;
    }

    /**
     * Until when the artifacts of each job of a build are kept at least; those that are kept for good, or as long as
     * something else is so, are not in it.
     */
    public Map<String, Instant> expires(Build build, Project project) {
        Map<String, Instant> expires = new TreeMap<>();
        KeepRules rules = settings.rules().of(project.settings().keep());
        if (build.finished().isEmpty() || parts.store().isSpared(build.id(), rules)) {
            return expires;
        }
        for (Candidate.Files files : parts.store().files(build.id())) {
            Expiry.end(build.finished().get(), files.expireIn(), rules).ifPresent(end -> expires.put(files.job(), end));
        }
        return expires;
    }

    /** Looks at the clock again, which has been set. */
    void wake() {
        alarm.wake();
    }

    /** Ends a run that is under way; the next start goes on with it. Repeated calls do nothing. */
    @Override
    public void close() {
        closed = true;
        thread.close();
        CompletableFuture<Report> waiting = wanted.get();
        if (waiting != null) {
            waiting.completeExceptionally(new IOException("the gateway goes down"));
        }
    }

    /** The first start counts as a run, so that one which is due while there is no gateway is made up for. */
    private Instant begun() {
        Instant now = clock.instant();
        parts.store().ran(now);
        return now;
    }

    private void work() {
        while (!closed) {
            try {
                Instant now = clock.instant();
                Instant from = last.isAfter(now) ? now : last; // the clock was set back
                Instant due = settings.at().map(cron -> cron.next(from)).orElseGet(() -> now.plus(FAR));
                if (wanted.get() == null) {
                    alarm.await(due);
                }
                boolean timely = settings.at().isPresent() && !clock.instant().isBefore(due);
                if (timely || wanted.get() != null) {
                    tend();
                }
            } catch (InterruptedException e) {
                if (!closed) {
                    LOG.warn("the thread of retention was interrupted", e);
                }
            }
        }
    }

    private void tend() throws InterruptedException {
        Instant began = clock.instant();
        CompletableFuture<Report> asked = wanted.get();
        last = began;
        try (Closeable _ = parts.turn().await()) {
            requireSoundDisk();
            removeLogs();
            Tally tally = run(this::remove, new Pace(settings.pace()), began);
            List<Blob> missing = missing(new Pace(settings.pace()));
            forgetFiles(began);
            Collected blobs = parts.blobs().collect(parts.named(), new Pace(settings.pace()));
            Instant ended = clock.instant();
            parts.store().ran(ended);
            last = ended;
            Report report = tally.report(false, began, ended, blobs, missing);
            LOG.info(
                    "retention ran removed={} bytes={} blobs={} blobBytes={} temporary={}",
                    report.items().values().stream().mapToLong(Long::longValue).sum(),
                    report.bytes(),
                    blobs.removed(),
                    blobs.bytes(),
                    blobs.unfinished());
            report.over()
                    .forEach(project ->
                            LOG.warn("what is always kept takes more bytes than it may project={}", project));
            answer(asked, report, null);
        } catch (IOException | RuntimeException e) {
            LOG.error("retention failed; the next run goes on", e);
            answer(asked, null, e);
        }
    }

    /** Files that were sent for manifests, and that no source needs any more. Who has just sent some has not submitted yet. */
    private void forgetFiles(Instant now) throws IOException {
        for (Project project : parts.projects().projects()) {
            int forgotten = parts.projects()
                    .files(project)
                    .forget(now.minus(UNSUBMITTED), new NeededFiles(parts.named(), parts.blobs(), project.id()));
            if (forgotten > 0) {
                LOG.info("forgot files project={} count={}", project.name(), forgotten);
            }
        }
    }

    /** Of a disk that does not keep what it is given nobody knows what is on it. */
    private void requireSoundDisk() throws IOException {
        Optional<IOException> failure =
                parts.logs().failure().or(() -> parts.blobs().failure());
        if (failure.isPresent()) {
            throw new IOException("a disk has failed: nothing is removed", failure.get());
        }
    }

    private List<Blob> missing(Pace pace) throws IOException, InterruptedException {
        List<Blob> missing = new MissingBlobs(parts.named(), parts.blobs()).find(pace);
        missing.forEach(blob -> LOG.error("a blob is missing that a build needs {}", blob));
        return missing;
    }

    private void answer(
            @Nullable CompletableFuture<Report> asked, @Nullable Report report, @Nullable Exception failure) {
        if (asked == null) {
            return;
        }
        wanted.compareAndSet(asked, null);
        if (report != null) {
            asked.complete(report);
        } else {
            asked.completeExceptionally(failure == null ? new IllegalStateException("no report") : failure);
        }
    }

    private Tally run(Remover remover, Pace pace, Instant now) throws IOException, InterruptedException {
        return new RetentionRun(
                        parts.store(),
                        parts.named(),
                        parts.logs(),
                        remover,
                        pace,
                        parts.schedules().bases(),
                        now)
                .run(parts.projects().projects(), settings);
    }

    /** The record first: what a crash leaves of the files is known to the next run. */
    private boolean remove(Removal removal) throws IOException {
        if (!parts.store().remove(removal)) {
            return false;
        }
        if (removal.what() == What.LOG || removal.what() == What.BUILD) {
            removeLog(removal.build());
        }
        tell(removal);
        return true;
    }

    private void removeLogs() throws IOException {
        for (List<Long> left = parts.store().logsToRemove();
                !left.isEmpty();
                left = parts.store().logsToRemove()) {
            for (long build : left) {
                removeLog(build);
            }
        }
    }

    private void removeLog(long build) throws IOException {
        parts.logs().delete(build);
        parts.store().logRemoved(build);
    }

    /** The event of it was recorded with the removal itself. */
    private static void tell(Removal removal) {
        LOG.info(
                "removed build={} project={} what={} job={} rule={} items={} bytes={}",
                removal.build(),
                removal.project(),
                removal.what().label(),
                removal.job(),
                removal.rule(),
                removal.items(),
                removal.bytes());
    }
}
