package io.sallyport.gateway.events;

import io.sallyport.builds.OwnThread;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.database.DatabaseException;
import io.sallyport.handlers.Happenings;
import io.sallyport.keys.KeyChange;
import io.sallyport.keys.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves changes of who is let in from their outbox to the log of events: at the start, and after each change. The log
 * keeps the number of the last one that it has taken in the transaction that takes it, so each becomes an event once,
 * wherever a crash comes in between. Has a thread of its own.
 */
public final class KeyRelay implements Happenings.Relay, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRelay.class);
    private static final String SOURCE = "keys";
    private static final int AT_ONCE = 100;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final EventLog events;
    private final ReentrantLock moving = new ReentrantLock();
    private final Semaphore asked = new Semaphore(0);
    private final OwnThread thread;

    private KeyRelay(Outbox outbox, EventLog events) {
        this.outbox = outbox;
        this.events = events;
        this.thread =
                new OwnThread(Thread.ofPlatform().name("key-relay").daemon().unstarted(this::work));
    }

    /** Moves what an earlier gateway has left, then all that comes, until it is closed. */
    public static KeyRelay start(Outbox outbox, EventLog events) {
        KeyRelay relay = new KeyRelay(outbox, events);
        relay.move();
        outbox.onCommit(relay.asked::release);
        relay.thread.start();
        return relay;
    }

    @Override
    public void move() {
        tryToMove();
    }

    /** False when something may be left. */
    private boolean tryToMove() {
        moving.lock();
        try {
            List<Outbox.Waiting> waiting = outbox.waiting(AT_ONCE);
            while (!waiting.isEmpty()) {
                take(waiting);
                outbox.told(waiting.getLast().number());
                waiting = outbox.waiting(AT_ONCE);
            }
            return true;
        } catch (DatabaseException e) {
            LOG.warn("changes of identities and keys could not be told as events, and will be later", e);
            return false;
        } finally {
            moving.unlock();
        }
    }

    private void take(List<Outbox.Waiting> waiting) {
        TreeMap<Long, NewEvent> numbered = new TreeMap<>();
        waiting.forEach(each -> numbered.put(each.number(), event(each)));
        events.take(SOURCE, numbered);
    }

    private void work() {
        boolean done = true;
        try {
            while (true) {
                if (done) {
                    asked.acquire();
                } else {
                    var _ = asked.tryAcquire(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
                }
                asked.drainPermits();
                done = tryToMove();
            }
        } catch (InterruptedException e) {
            LOG.debug("the relay ends"); // only close() interrupts
        }
    }

    /** Moves no more; what waits is moved by the next gateway. Repeated calls do nothing. */
    @Override
    public void close() {
        thread.close();
    }

    private static NewEvent event(Outbox.Waiting waiting) {
        KeyChange change = waiting.change();
        Subject subject = change.project().<Subject>map(Subject.Named::new).orElseGet(Subject.House::new);
        return new NewEvent(
                type(change.kind()), subject, Optional.of(waiting.time()), Optional.of(change.by()), change.facts());
    }

    private static EventType type(KeyChange.Kind kind) {
        return switch (kind) {
            case IDENTITY_CREATED -> EventType.IDENTITY_CREATED;
            case IDENTITY_CHANGED -> EventType.IDENTITY_CHANGED;
            case IDENTITY_REMOVED -> EventType.IDENTITY_REMOVED;
            case GROUP_CREATED -> EventType.GROUP_CREATED;
            case GROUP_CHANGED -> EventType.GROUP_CHANGED;
            case GROUP_REMOVED -> EventType.GROUP_REMOVED;
            case KEY_ADDED -> EventType.KEY_ADDED;
            case KEY_REMOVED -> EventType.KEY_REMOVED;
            case DEPLOY_KEY_ADDED -> EventType.DEPLOY_KEY_ADDED;
            case DEPLOY_KEY_CHANGED -> EventType.DEPLOY_KEY_CHANGED;
            case DEPLOY_KEY_REMOVED -> EventType.DEPLOY_KEY_REMOVED;
            case AUTHORITY_ADDED -> EventType.AUTHORITY_ADDED;
            case AUTHORITY_CHANGED -> EventType.AUTHORITY_CHANGED;
            case AUTHORITY_REMOVED -> EventType.AUTHORITY_REMOVED;
            case CERTIFICATE_ISSUED -> EventType.CERTIFICATE_ISSUED;
            case REVOCATIONS_CHANGED -> EventType.REVOCATIONS_CHANGED;
        };
    }
}
