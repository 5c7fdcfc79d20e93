package io.sallyport.builds.spec.job;

import java.time.Duration;

/**
 * Bounds of a job.
 *
 * @param timeout when it names none
 * @param longestTimeout that it may name
 * @param jobs that it may be
 */
public record JobBounds(Duration timeout, Duration longestTimeout, int jobs) {}
