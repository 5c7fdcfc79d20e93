package io.sallyport.builds.retention;

import java.time.Instant;

/**
 * Something that was removed, or would be.
 *
 * @param build whose it was
 * @param project the name of its project; empty when that has been removed
 * @param what it was
 * @param job whose artifacts they were; empty for all else
 * @param at when
 * @param rule by which, such as {@code logDays=365}
 * @param items how many artifacts; else 1
 * @param bytes of blobs and files that nothing else needs
 */
public record Removal(
        long build, String project, What what, String job, Instant at, String rule, long items, long bytes) {}
