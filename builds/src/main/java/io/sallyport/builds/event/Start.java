package io.sallyport.builds.event;

import java.util.OptionalLong;

/** Where a reader begins. Numbers count the events that one reader may see and asks for, from 1. */
public sealed interface Start {
    /** At the oldest event from which on all are kept. */
    record Oldest() implements Start {}

    /** After the newest event. */
    record Newest() implements Start {}

    /** At the newest events, so many of those that the reader asks for; at the oldest when there are not so many. */
    record Last(long count) implements Start {}

    /** After the event that has that number; 0 is before the first of all. */
    record Numbered(long number) implements Start {}

    /**
     * After a place among all events of the gateway.
     *
     * @param number that the event there had for this reader; counted anew when empty
     */
    record Position(long position, OptionalLong number) implements Start {}
}
