package io.sallyport.builds.git;

import java.time.Duration;

/**
 * What bounds fetches, besides the limits of every source.
 *
 * @param atOnce that run at the same time, half of them for one identity at most; others wait
 * @param timeout of one, from its turn to the last byte
 * @param objects of one: files, folders and commits that differ
 */
public record GitLimits(int atOnce, Duration timeout, int objects) {}
