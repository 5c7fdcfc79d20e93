package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts builds as places come free, each on a virtual thread of its own. May be used by any thread. */
final class Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final int LONGEST_PREVIEW = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final BuildQueue queue = new BuildQueue();
    private final Map<Long, Active> running = new HashMap<>();
    private final int atOnce;
    private final Function<Long, BuildRun> runs;
    private final Consumer<Build> ended;
    private boolean stopped;

    /**
     * A scheduler that starts nothing yet.
     *
     * @param runs makes the run of a build that waits; called on the build's thread
     * @param ended told of each build that has ended
     */
    Scheduler(int atOnce, Function<Long, BuildRun> runs, Consumer<Build> ended) {
        this.atOnce = atOnce;
        this.runs = runs;
        this.ended = ended;
    }

    /** A build that has a place; its run is set once it has been made. */
    private static final class Active {
        final String project;
        private Optional<BuildRun> run = Optional.empty();
        private Optional<StopSignal.Stop> early = Optional.empty();

        Active(String project) {
            this.project = project;
        }

        synchronized void begin(BuildRun made) {
            run = Optional.of(made);
            early.ifPresent(made.stop()::raise);
        }

        synchronized void stop(StopSignal.Stop stop) {
            run.ifPresentOrElse(made -> made.stop().raise(stop), () -> early = early.or(() -> Optional.of(stop)));
        }
    }

    void enqueue(Build build) {
        lock.lock();
        try {
            queue.add(new BuildQueue.Waiting(
                    build.id(), build.project(), build.request().priority(), build.created()));
            startNext();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a build out of the queue; false when it does not wait. */
    boolean withdraw(long build) {
        lock.lock();
        try {
            return queue.remove(build);
        } finally {
            lock.unlock();
        }
    }

    /** Stops a running build; false when it does not run. */
    boolean stop(long build, StopSignal.Stop stop) {
        lock.lock();
        try {
            Active active = running.get(build);
            if (active != null) {
                active.stop(stop);
            }
            return active != null;
        } finally {
            lock.unlock();
        }
    }

    List<QueueEntry> entries() {
        lock.lock();
        try {
            List<QueueEntry> entries = new ArrayList<>();
            for (BuildQueue.Waiting waiting : queue.preview(byProject(), LONGEST_PREVIEW)) {
                entries.add(new QueueEntry(
                        waiting.build(),
                        waiting.project(),
                        entries.size() + 1,
                        waiting.since(),
                        waiting.priority(),
                        "all " + atOnce + " places are taken, " + entries.size() + " builds come first"));
            }
            return entries;
        } finally {
            lock.unlock();
        }
    }

    /** Starts nothing more and waits until nothing runs; after the grace time what runs is stopped. */
    void shutdown(java.time.Duration grace) throws InterruptedException {
        lock.lock();
        try {
            stopped = true;
            LOG.info("waiting for running builds count={} seconds={}", running.size(), grace.toSeconds());
            long left = grace.toNanos();
            while (!running.isEmpty() && left > 0) {
                left = idle.awaitNanos(left);
            }
            running.values().forEach(active -> active.stop(new StopSignal.Shutdown()));
            while (!running.isEmpty()) {
                idle.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startNext() {
        while (!stopped && running.size() < atOnce) {
            Optional<BuildQueue.Waiting> next = queue.poll(byProject());
            if (next.isEmpty()) {
                return;
            }
            long build = next.get().build();
            Active active = new Active(next.get().project());
            running.put(build, active);
            Thread.ofVirtual().name("build-" + build).start(() -> run(build, active));
        }
    }

    private void run(long build, Active active) {
        try {
            BuildRun run = runs.apply(build);
            active.begin(run);
            Build record = run.run();
            if (record.state() != BuildState.QUEUED) {
                ended.accept(record);
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("build {} could not be brought to an end; a restart of the gateway will", build, e);
        } finally {
            release(build);
        }
    }

    private void release(long build) {
        lock.lock();
        try {
            running.remove(build);
            startNext();
            if (running.isEmpty()) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Integer> byProject() {
        Map<String, Integer> counts = new HashMap<>();
        running.values().forEach(active -> counts.merge(active.project, 1, Integer::sum));
        return counts;
    }
}
