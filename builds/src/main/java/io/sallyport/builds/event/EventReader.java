package io.sallyport.builds.event;

import io.sallyport.builds.event.EventLog.Reading;
import io.sallyport.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in their order and numbers those that it gives without a gap. Holds a page of them at most, and a follower
 * that keeps up holds none. For one thread.
 */
public final class EventReader {
    private static final int PAGE = 64;
    private static final Next END = new Next.End();
    private static final Next REMOVED = new Next.Removed();

    private final EventLog log;
    private final Database database;
    private final Predicate<Topic> wanted;
    private final EventView view;
    private final boolean follow;
    private final Deque<Event> page = new ArrayDeque<>();
    private long upTo = Long.MAX_VALUE;
    /** All up to here has been given, or was not for this reader. */
    private long position;

    private long pageEnd;
    private long number;

    private EventReader(EventLog log, Database database, Predicate<Topic> wanted, boolean follow) {
        this.log = log;
        this.database = database;
        this.wanted = wanted;
        this.view = new EventView(wanted, System::nanoTime);
        this.follow = follow;
    }

    /** What comes next. */
    public sealed interface Next {
        /** An event, and the number that it has for this reader. */
        record Found(Event event, long number) implements Next {}

        /** Nothing: all has been read, or the log is closed. */
        record End() implements Next {}

        /** Events after the last one given have been removed before this reader came to them. */
        record Removed() implements Next {}
    }

    static Reading open(EventLog log, Database database, Predicate<Topic> wanted, Start start, boolean follow) {
        EventReader reader = new EventReader(log, database, wanted, follow);
        return database.read(connection -> reader.begin(connection, start));
    }

    /** The next event, waiting for it if this is a follower. */
    public Next next() throws InterruptedException {
        while (position < upTo) {
            Event event = page.poll();
            if (event == null) {
                position = Math.max(position, pageEnd);
                EventTail.Look look = follow ? log.tail().after(position) : new EventTail.Look.TooFar();
                switch (look) {
                    case EventTail.Look.Found found -> event = found.event();
                    case EventTail.Look.Nothing nothing -> {
                        if (!log.awaitNewer(nothing.generation())) {
                            return END;
                        }
                    }
                    case EventTail.Look.TooFar far -> {
                        if (position < upTo && !database.read(this::turn)) {
                            return REMOVED;
                        }
                    }
                }
            }
            Next found = given(event);
            if (found != null) {
                return found;
            }
        }
        return END;
    }

    private @Nullable Next given(@Nullable Event event) {
        if (event == null) {
            return null;
        }
        position = event.position();
        return wanted.test(event.topic()) ? new Next.Found(event, ++number) : null;
    }

    private Reading begin(Connection connection, Start start) throws SQLException {
        long last = EventTable.last(connection);
        String groups = view.groups(connection);
        if (!follow) {
            upTo = last;
        }
        EventTable.Place oldest = EventTable.place(connection, groups, 0);
        return switch (start) {
            case Start.Oldest o -> at(oldest);
            case Start.Newest n -> at(EventTable.place(connection, groups, last));
            case Start.Last n ->
                at(EventTable.place(connection, groups, EventTable.before(connection, groups, n.count())));
            case Start.Numbered n -> begin(connection, groups, n.number(), oldest, last);
            case Start.Position p when p.position() < oldest.position() -> new Reading.TooOld(oldest.number());
            case Start.Position p
            when p.position() > last ->
                new Reading.NotYet(EventTable.place(connection, groups, last).number());
            case Start.Position p -> at(p.position(), number(connection, groups, p));
        };
    }

    private Reading begin(Connection connection, String groups, long wish, EventTable.Place oldest, long last)
            throws SQLException {
        if (wish <= oldest.number()) {
            return wish == oldest.number() ? at(oldest) : new Reading.TooOld(oldest.number());
        }
        OptionalLong there = EventTable.further(connection, groups, oldest.position(), wish - oldest.number());
        return there.isPresent()
                ? at(there.getAsLong(), wish)
                : new Reading.NotYet(EventTable.place(connection, groups, last).number());
    }

    private static long number(Connection connection, String groups, Start.Position start) throws SQLException {
        return start.number().isPresent()
                ? start.number().getAsLong()
                : EventTable.place(connection, groups, start.position()).number();
    }

    private Reading at(EventTable.Place place) {
        return at(place.position(), place.number());
    }

    private Reading at(long place, long count) {
        position = place;
        pageEnd = place;
        number = count;
        return new Reading.Open(this);
    }

    /** Reads the next page; false when something after the position is missing in it. */
    private boolean turn(Connection connection) throws SQLException {
        long end = Math.min(upTo, EventTable.last(connection));
        String groups = view.groups(connection);
        page.addAll(EventTable.page(connection, groups, position, end, PAGE));
        pageEnd = page.size() == PAGE ? page.getLast().position() : end;
        // Asked last: what has been removed since need not be missing, but what has been removed before is.
        return EventTable.lastRemoved(connection, groups) <= position;
    }
}
