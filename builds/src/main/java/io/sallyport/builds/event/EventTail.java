package io.sallyport.builds.event;

import io.sallyport.database.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The newest events, read once for all followers that keep up. Holds at most a fixed number of them. May be used by any
 * thread.
 */
final class EventTail {
    /** A follower that is further behind reads pages of its own. */
    private static final int MOST = 1000;

    private final Database database;
    private final LongSupplier generation;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Event> events = new ArrayList<>(); // guarded by the lock, as what follows; by position
    /** Of what stood after this and anybody may see, all is in the list. */
    private long from;

    private long upTo;
    private long loaded = -1;

    /** Nothing yet; {@code generation} is another number after each commit that has recorded events. */
    EventTail(Database database, LongSupplier generation) {
        this.database = database;
        this.generation = generation;
    }

    /** What there is after a position. */
    sealed interface Look {
        /** The next event. */
        record Found(Event event) implements Look {}

        /** None; there may be one when the generation is another one. */
        record Nothing(long generation) implements Look {}

        /** That is too long ago. */
        record TooFar() implements Look {}
    }

    Look after(long position) {
        lock.lock();
        try {
            load();
            if (position < from) {
                return new Look.TooFar();
            }
            int next = indexAfter(position);
            return next < events.size() ? new Look.Found(events.get(next)) : new Look.Nothing(loaded);
        } finally {
            lock.unlock();
        }
    }

    private void load() {
        long now = generation.getAsLong();
        if (now == loaded) {
            return;
        }
        database.read(connection -> {
            long last = EventTable.last(connection);
            List<Event> fresh = new ArrayList<>(EventTable.newest(connection, upTo, MOST));
            Collections.reverse(fresh);
            append(fresh, EventTable.lastRemoved(connection));
            upTo = fresh.isEmpty() ? last : Math.max(last, fresh.getLast().position());
            return fresh;
        });
        loaded = now;
    }

    /** Asked after the events were read: what was removed by then may be missing among them. */
    private void append(List<Event> fresh, long removed) {
        if (fresh.size() == MOST || loaded < 0) {
            startAfter(fresh.isEmpty() ? upTo : fresh.getFirst().position() - 1);
        }
        if (removed > upTo) {
            startAfter(removed);
        }
        for (Event event : fresh) {
            if (event.topic().type() == EventType.PROJECT_REMOVED) {
                startAfter(event.position() - 1); // events of the project are among those before it
            }
            if (event.position() > from) {
                events.add(event);
            }
        }
        int over = events.size() - MOST;
        if (over > 0) {
            from = events.get(over - 1).position();
            events.subList(0, over).clear();
        }
    }

    private void startAfter(long position) {
        events.clear();
        from = Math.max(from, position);
    }

    private int indexAfter(long position) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
