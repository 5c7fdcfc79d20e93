package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that wait for jobs. Each is for one job: it is taken by one, ends with it and never comes back. A thread of
 * its own makes them, one at a time, and only while nothing else of the gateway's is being made on the engine and a place
 * for another job is free. Any thread.
 */
final class ReadyPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyPool.class);
    /** Since something has last come or gone: who is next in the queue comes within that. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final int MARK_BYTES = 16;

    private final ReadySettings settings;
    private final JobContainers containers;
    private final Images images;
    private final ContainerNames names;
    private final Chance chance = new Chance();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReadyDemand demand; // this and what follows: guarded by the lock
    private final List<ReadyContainer> waiting = new ArrayList<>();
    private long taken;
    private long missed;
    private int guests;
    private int arriving;
    private long movedAt = System.nanoTime();
    private long lookedAt = System.nanoTime();
    private boolean closed;
    private @Nullable Thread keeper;

    private ReadyPool(DockerSettings settings, JobContainers containers, Images images) {
        this.settings = settings.ready();
        this.containers = containers;
        this.images = images;
        this.names = new ContainerNames(settings.gateway());
        this.demand = new ReadyDemand(settings.ready());
    }

    /** Of containers on that engine, which is closed after this. There is none at first. */
    static ReadyPool open(DockerSettings settings, JobContainers containers, Images images) {
        ReadyPool pool = new ReadyPool(settings, containers, images);
        if (settings.ready().containers() > 0) {
            pool.keeper = Thread.ofVirtual().name("ready-containers").start(pool::keep);
        }
        return pool;
    }

    /** What the thread does next. */
    private sealed interface Step {
        record Make(Images.Found image) implements Step {}

        record Drop(ReadyContainer container) implements Step {}

        /** Sees which are there still, and whether their images are. */
        record Look() implements Step {}

        record End() implements Step {}
    }

    /** A job, from before its container is made until that is gone. Any thread; what is told again means nothing. */
    final class Guest {
        private Optional<Images.Found> image = Optional.empty(); // this and what follows: guarded by the lock
        private boolean settled;
        private boolean left;

        private Guest() {}

        /**
         * Takes a container for itself alone, where there is one.
         *
         * @param name that it has from then on
         */
        Optional<ReadyContainer> take(Images.Found wanted, String name) throws InterruptedException {
            locked(() -> image = Optional.of(wanted));
            for (Optional<ReadyContainer> next = next(wanted); next.isPresent(); next = next(wanted)) {
                boolean named = false;
                try {
                    next.get().container().rename(name);
                    named = true;
                    locked(() -> taken++);
                    return next;
                } catch (EngineException e) {
                    LOG.info("a ready container is of no use: {}", e.getMessage());
                } finally {
                    if (!named) {
                        next.get().container().removeOrLog();
                    }
                }
            }
            locked(() -> missed++);
            return Optional.empty();
        }

        /** A shell of the job's has been started. */
        void settle() {
            locked(() -> {
                if (!settled && !left) {
                    settled = true;
                    arriving--;
                    image.ifPresent(used -> demand.used(used, System.nanoTime()));
                }
            });
        }

        void leave() {
            locked(() -> {
                if (!left) {
                    left = true;
                    guests--;
                    arriving -= settled ? 0 : 1;
                }
            });
        }
    }

    /** Somebody who is not to be disturbed before he has settled. */
    Guest arrive() {
        locked(() -> {
            guests++;
            arriving++;
        });
        return new Guest();
    }

    ReadyCount count() {
        lock.lock();
        try {
            return new ReadyCount(taken, missed, waiting.size());
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            movedAt = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<ReadyContainer> next(Images.Found wanted) {
        lock.lock();
        try {
            Optional<ReadyContainer> next =
                    waiting.stream().filter(each -> each.image().equals(wanted)).findFirst();
            next.ifPresent(waiting::remove);
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        try {
            for (Step step = await(); !(step instanceof Step.End); step = await()) {
                take(step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Step await() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                long now = System.nanoTime();
                demand.age(now);
                Optional<Step> step = step(now);
                if (step.isPresent()) {
                    return step.get();
                }
                changed.awaitNanos(pause(now));
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Step> step(long now) {
        if (closed) {
            return Optional.of(new Step.End());
        }
        Optional<ReadyContainer> surplus = demand.surplus(waiting);
        if (surplus.isPresent()) {
            waiting.remove(surplus.get());
            return surplus.map(Step.Drop::new);
        }
        if (now - lookedAt >= LOOK.toNanos()) {
            lookedAt = now;
            return waiting.isEmpty() ? Optional.empty() : Optional.of(new Step.Look());
        }
        boolean room = arriving == 0 && guests < settings.places() && now - movedAt >= QUIET.toNanos();
        return room ? demand.lacking(waiting).map(Step.Make::new) : Optional.empty();
    }

    private long pause(long now) {
        long pause = LOOK.toNanos() - (now - lookedAt);
        long quiet = QUIET.toNanos() - (now - movedAt);
        if (quiet > 0) {
            pause = Math.min(pause, quiet);
        }
        return Math.max(
                1, Math.min(pause, demand.untilNextIsOld(now).orElse(LOOK).toNanos()));
    }

    /** A failure is no job's: it is logged, and the image waits for its next job. */
    private void take(Step step) throws InterruptedException {
        switch (step) {
            case Step.Make make -> {
                try {
                    make(make.image());
                } catch (IOException e) {
                    LOG.info("no container is ready for {}: {}", make.image().name(), e.getMessage());
                    locked(() -> demand.forget(make.image()));
                }
            }
            case Step.Drop drop -> drop.container().container().removeOrLog();
            case Step.Look look -> {
                try {
                    look();
                } catch (EngineException e) {
                    LOG.info("ready containers cannot be looked at: {}", e.getMessage());
                }
            }
            case Step.End end -> throw new IllegalStateException("nothing comes after the end");
        }
    }

    private void make(Images.Found image) throws IOException, InterruptedException {
        String mark = chance.letters(MARK_BYTES);
        JobContainers.Made found = containers.makeReady(image, names.ready(chance), mark);
        Container made = found.container();
        boolean kept = false;
        try {
            if (!found.isFurnished()) {
                Piped.run(
                        out -> StagedTar.writeFolders(out, containers.settings().user()), made::put);
            }
            made.start();
            long bytes = made.memoryBytes();
            lock.lock();
            try {
                demand.weighed(image, bytes);
                if (!closed) {
                    waiting.add(new ReadyContainer(made, image, mark, bytes));
                    kept = true;
                }
            } finally {
                lock.unlock();
            }
        } finally {
            if (!kept) {
                made.removeOrLog();
            }
        }
    }

    /** What has ended, is of an image that its name does not stand for any more, or is nobody's, goes. */
    private void look() throws EngineException, InterruptedException {
        for (Images.Found image : images()) {
            if (!images.isStill(containers.engine(), image)) {
                locked(() -> demand.forget(image));
            }
        }
        Set<String> running = new HashSet<>();
        for (com.github.dockerjava.api.model.Container each : unused()) {
            if (each.getState().equals("running")) {
                running.add(each.getId());
            }
        }
        for (ReadyContainer each : snapshot()) {
            if (!running.contains(each.container().id()) && withdraw(each)) {
                each.container().removeOrLog();
            }
        }
    }

    /** Takes one out of those that wait; false when somebody else has. */
    private boolean withdraw(ReadyContainer container) {
        lock.lock();
        try {
            return waiting.remove(container);
        } finally {
            lock.unlock();
        }
    }

    private List<ReadyContainer> snapshot() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    private Set<Images.Found> images() {
        Set<Images.Found> images = new HashSet<>();
        snapshot().forEach(each -> images.add(each.image()));
        return images;
    }

    /** Those on the engine that no job has taken. */
    private List<com.github.dockerjava.api.model.Container> unused() throws EngineException, InterruptedException {
        return new Leftovers(containers.engine(), names.gateway()).unused();
    }

    /** Removes all that wait, one that is being made too. */
    @Override
    public void close() {
        locked(() -> closed = true);
        Thread thread = keeper;
        if (thread == null) {
            return;
        }
        try {
            thread.join();
            for (ReadyContainer each : snapshot()) {
                if (withdraw(each)) {
                    each.container().removeOrLog();
                }
            }
            for (com.github.dockerjava.api.model.Container each : unused()) {
                new Container(containers.engine(), each.getId()).removeOrLog();
            }
        } catch (EngineException e) {
            LOG.warn("ready containers may be left behind: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
