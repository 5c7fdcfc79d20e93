package io.sallyport.client;

import java.time.Duration;

/**
 * A connection was lost and will be made anew.
 *
 * @param loss why
 * @param position bytes received so far, where the answer goes on
 * @param pause until the next attempt
 */
public record Interruption(Loss loss, long position, Duration pause) {}
