package io.sallyport.builds.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which groups of events a reader wants, asked anew after a second: of a long history there are many pages. */
final class EventView {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Predicate<Topic> wanted;
    private final LongSupplier nanoTime;
    private String groups = "";
    private long asked;

    EventView(Predicate<Topic> wanted, LongSupplier nanoTime) {
        this.wanted = wanted;
        this.nanoTime = nanoTime;
    }

    /** Their numbers as a JSON array. */
    String groups(Connection connection) throws SQLException {
        long now = nanoTime.getAsLong();
        if (groups.isEmpty() || now - asked > FRESH) {
            groups = EventTable.groups(connection).stream()
                    .filter(group -> wanted.test(group.topic()))
                    .map(group -> Long.toString(group.id()))
                    .collect(Collectors.joining(",", "[", "]"));
            asked = now;
        }
        return groups;
    }
}
