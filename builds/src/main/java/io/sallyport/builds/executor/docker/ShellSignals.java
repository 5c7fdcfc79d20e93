package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.Exit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ends a shell and all that it has started. In a container that lasts none of it hits the shell that comes next. Any
 * thread; what fails is logged.
 */
final class ShellSignals {
    private static final Logger LOG = LoggerFactory.getLogger(ShellSignals.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 1000;

    private final Lodging lodging;
    private final CompletableFuture<Exit> ended;
    private final ReentrantLock sending = new ReentrantLock();

    /**
     * Those of a shell.
     *
     * @param ended completed by {@link #end}, or when the shell has never been there
     */
    ShellSignals(Lodging lodging, CompletableFuture<Exit> ended) {
        this.lodging = lodging;
        this.ended = ended;
    }

    /** Something that concerns all processes in a container. */
    private interface Signal {
        void to(Container container) throws EngineException, InterruptedException;
    }

    private void send(Signal signal) throws EngineException, InterruptedException {
        sending.lock();
        try {
            if (!ended.isDone()) {
                signal.to(lodging.container());
            }
        } finally {
            sending.unlock();
        }
    }

    /** The shell has ended like that: waits for the signal that is under way, and no more are sent. */
    void end(Exit exit) {
        sending.lock();
        try {
            ended.complete(exit);
        } finally {
            sending.unlock();
        }
    }

    /** Asks first, and waits; then by force. */
    void politely(Duration grace) {
        if (grace.isPositive()) {
            try {
                send(Container::askToEnd);
                ended.get(grace.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (EngineException e) {
                LOG.debug("container {} cannot be asked to end: {}", name(), e.getMessage());
            } catch (TimeoutException e) {
                LOG.debug("container {} does not end by itself", name());
            } catch (ExecutionException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byForce();
    }

    /**
     * Ends what runs, and a container that does not last with it. One that does goes on, unless something in it cannot be
     * ended otherwise. Does not wait.
     */
    void byForce() {
        if (lodging.lasts()) {
            Thread.ofVirtual().name("container-end").start(this::endAll);
        } else {
            kill();
        }
    }

    /** Again and again: the shell may only just come up. */
    private void endAll() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long pause = FIRST_PAUSE;
        try {
            while (System.nanoTime() < deadline) {
                send(Container::endAll);
                try {
                    ended.get(pause, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    pause = Math.min(2 * pause, LONGEST_PAUSE);
                }
            }
        } catch (EngineException e) {
            LOG.debug("what runs in container {} cannot be ended: {}", name(), e.getMessage());
        } catch (ExecutionException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** Ends what runs after the shell has said its end, and a container that does not last. */
    void afterwards() {
        if (!lodging.lasts()) {
            kill();
            return;
        }
        try {
            lodging.container().endAll();
        } catch (EngineException e) {
            LOG.warn("what runs in container {} cannot be ended: {}", name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the container. */
    void kill() {
        try {
            lodging.container().kill();
        } catch (EngineException e) {
            LOG.warn("container {} cannot be killed: {}", name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String name() {
        return lodging.container().id();
    }
}
