package io.sallyport.gateway.dashboard;

import java.time.Duration;

/**
 * What bounds dashboards.
 *
 * @param atOnce how many there may be at the same time
 * @param frame least time between two paintings
 * @param refresh least time between two readings of the house as a whole
 * @param idle without a key, after which one ends
 * @param columns of a screen; what is beyond them stays empty
 * @param lines the same
 * @param rows builds, and lines of the queue, that one remembers
 * @param logCharacters of a log that one holds
 */
public record Bounds(
        int atOnce,
        Duration frame,
        Duration refresh,
        Duration idle,
        int columns,
        int lines,
        int rows,
        int logCharacters) {}
