package io.sallyport.builds.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives places to jobs as they come free. May be used by any thread. */
final class Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final JobQueue queue;
    private final Consumer<Seeker> granted;
    /** Builds that have not begun, each with its jobs that would begin it. */
    private final Map<Long, List<Seeker>> builds = new HashMap<>();

    private Mode mode = Mode.OPEN;

    /** Which jobs are given places. */
    private enum Mode {
        /** All. */
        OPEN,
        /** Those of builds that have begun. */
        CLOSING,
        /** None. */
        CLOSED
    }

    /**
     * A scheduler of nothing yet.
     *
     * @param granted told of each job that has a place now; must not wait
     */
    Scheduler(JobQueue queue, Consumer<Seeker> granted) {
        this.queue = queue;
        this.granted = granted;
    }

    /** Lets a build wait that begins with the first of these jobs that gets a place. */
    void enqueue(long build, List<Seeker> first) {
        lock.lock();
        try {
            builds.put(build, first);
            first.forEach(queue::add);
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** How many builds have not begun, of those that a job of theirs tells to be counted. */
    long waiting(Predicate<Seeker> counts) {
        lock.lock();
        try {
            return builds.values().stream()
                    .filter(first -> counts.test(first.getFirst()))
                    .count();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a build out that has not begun; false when it has, or does not wait. */
    boolean withdraw(long build) {
        lock.lock();
        try {
            List<Seeker> first = builds.remove(build);
            if (first != null) {
                first.forEach(seeker -> queue.remove(seeker.key()));
            }
            return first != null;
        } finally {
            lock.unlock();
        }
    }

    /** A build's jobs have ended, do not want a place any more, or want one now: in one step, so that no place is lost. */
    void exchange(Collection<Seeker.Key> ended, Collection<Seeker.Key> gone, Collection<Seeker> wanting) {
        lock.lock();
        try {
            gone.forEach(queue::remove);
            ended.forEach(queue::release);
            wanting.forEach(queue::add);
            grant();
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A job runs already: it was started before there was this scheduler. */
    void occupy(Seeker seeker) {
        lock.lock();
        try {
            queue.occupy(seeker);
        } finally {
            lock.unlock();
        }
    }

    /** What a project may have from now on. */
    void share(String project, Share share) {
        lock.lock();
        try {
            queue.share(project, share);
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** The jobs that wait for a place, in the order in which they would get one now, at most so many, and why. */
    List<QueueEntry> entries(int limit) {
        lock.lock();
        try {
            return new QueueWords(queue, builds.keySet(), mode != Mode.OPEN).entries(limit);
        } finally {
            lock.unlock();
        }
    }

    /** Lets only builds that have begun go on, waits until none of their jobs runs, but no longer than the grace time. */
    void close(Duration grace) throws InterruptedException {
        lock.lock();
        try {
            mode = Mode.CLOSING;
            if (!queue.running().isEmpty()) {
                LOG.info(
                        "waiting for running jobs count={} seconds={}",
                        queue.running().size(),
                        grace.toSeconds());
            }
            long left = grace.toNanos();
            while (!queue.running().isEmpty() && left > 0) {
                left = fewer.awaitNanos(left);
            }
            mode = Mode.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no job has a place. */
    void awaitIdle() throws InterruptedException {
        lock.lock();
        try {
            while (!queue.running().isEmpty()) {
                fewer.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        for (Optional<Seeker> next = next(); next.isPresent(); next = next()) {
            Seeker seeker = next.get();
            builds.remove(seeker.build());
            granted.accept(seeker);
        }
    }

    private Optional<Seeker> next() {
        return switch (mode) {
            case OPEN -> queue.next(seeker -> true);
            case CLOSING -> queue.next(seeker -> !builds.containsKey(seeker.build()));
            case CLOSED -> Optional.empty();
        };
    }
}
