package io.sallyport.handlers;

import io.sallyport.builds.event.EventLog;

/**
 * What happens in all of the house.
 *
 * @param events in their order
 * @param relay brings events in that are made elsewhere
 */
public record Happenings(EventLog events, Relay relay) {
    /** Brings events into the log that wait in other places. */
    @FunctionalInterface
    public interface Relay {
        /** Returns when all that waited before the call are in the log, unless the disk takes no more. From any thread. */
        void move();
    }
}
