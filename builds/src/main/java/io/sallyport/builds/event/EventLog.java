package io.sallyport.builds.event;

import io.sallyport.builds.Ticker;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * All that happens, in one order. An event is recorded in the transaction of the change that it tells of, so both are on
 * disk or none is. Followers are woken by the commit, at most once in a tick however many there are. May be used by any
 * thread but where something else is said.
 */
public final class EventLog implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(20);
    private static final int SECRET = 32;

    private final Database database;
    private final Clock clock;
    private final EventTail tail;
    private final EventRetention retention;
    private final Ticker<EventLog> pulse;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition newer = lock.newCondition();
    private long generation; // guarded by the lock
    private boolean closed; // guarded by the lock
    private int uncommitted; // of the database's writer thread

    private EventLog(Database database, Clock clock, EventSettings settings) {
        this.database = database;
        this.clock = clock;
        this.tail = new EventTail(database, this::generation);
        this.pulse = new Ticker<>("event-pulse", Duration.ZERO, () -> TICK, EventLog::wake);
        this.retention = new EventRetention(database, clock, settings);
    }

    /** The log in a database opened with the schema of builds. It is to be closed before the database. */
    public static EventLog open(Database database, Clock clock, EventSettings settings) {
        EventLog log = new EventLog(database, clock, settings);
        database.onCommit(log::committed);
        log.retention.start();
        return log;
    }

    /**
     * Records an event within a transaction of the same database: to be called by a work that the database runs to
     * write, with the connection that it was given.
     */
    public void record(Connection connection, NewEvent event) throws SQLException {
        EventTable.insert(connection, event, clock.instant());
        uncommitted++;
    }

    /** Records an event of what no transaction of the database changes. It is on disk when this returns. */
    public void add(NewEvent event) {
        database.write(connection -> {
            record(connection, event);
            return event;
        });
    }

    /** The number of the last event that was taken over from a source; 0 when none was. */
    public long taken(String source) {
        return database.read(connection -> taken(connection, source));
    }

    /**
     * Takes events over that a source has numbered: each once, however often it is offered.
     *
     * @param events by their numbers at the source, rising
     */
    public void take(String source, SortedMap<Long, NewEvent> events) {
        database.write(connection -> {
            long last = taken(connection, source);
            for (Map.Entry<Long, NewEvent> event : events.tailMap(last + 1).entrySet()) {
                record(connection, event.getValue());
                last = event.getKey();
            }
            Sql.update(connection, """
                    INSERT INTO event_sources (name, number) VALUES (?, ?)
                    ON CONFLICT (name) DO UPDATE SET number = excluded.number""", source, last);
            return last;
        });
    }

    private static long taken(Connection connection, String source) throws SQLException {
        return Sql.first(connection, "SELECT number FROM event_sources WHERE name = ?", row -> row.getLong(1), source)
                .orElse(0L);
    }

    /** 32 random bytes, the same for ever, that nobody outside knows. */
    public byte[] secret() {
        byte[] random = new byte[SECRET];
        new SecureRandom().nextBytes(random);
        return database.write(connection -> {
            Sql.update(
                    connection, "INSERT INTO event_secret (id, secret) VALUES (1, ?) ON CONFLICT DO NOTHING", (Object)
                            random);
            return Sql.first(connection, "SELECT secret FROM event_secret WHERE id = 1", row -> row.getBytes(1))
                    .orElseThrow();
        });
    }

    /**
     * Begins to read.
     *
     * @param wanted whether events of a topic are to be read; asked for each event just before it is given
     * @param follow whether to go on with those that are still to come
     */
    public Reading read(Predicate<Topic> wanted, Start start, boolean follow) {
        return EventReader.open(this, database, wanted, start, follow);
    }

    /** What becomes of a wish to read. */
    public sealed interface Reading {
        /** The reader stands where it is to begin. */
        record Open(EventReader reader) implements Reading {}

        /** Events after that place have been removed; {@code oldest} is the number after which none is missing. */
        record TooOld(long oldest) implements Reading {}

        /** There is no such event yet; {@code newest} is the number of the last one. */
        record NotYet(long newest) implements Reading {}
    }

    /** Lets all followers go when they have seen what there is. What is recorded after that wakes nobody. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            newer.signalAll();
        } finally {
            lock.unlock();
        }
        pulse.close();
        retention.close();
    }

    EventTail tail() {
        return tail;
    }

    long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is another generation; false when there will be none. */
    boolean awaitNewer(long than) throws InterruptedException {
        lock.lock();
        try {
            while (generation == than && !closed) {
                newer.await();
            }
            return generation != than;
        } finally {
            lock.unlock();
        }
    }

    /** On the database's writer thread. What was counted may have been undone: that costs a look in vain. */
    private void committed() {
        if (uncommitted == 0) {
            return;
        }
        lock.lock();
        try {
            generation++;
        } finally {
            lock.unlock();
        }
        pulse.mark(this);
        retention.recorded(uncommitted);
        uncommitted = 0;
    }

    private void wake() {
        lock.lock();
        try {
            newer.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
