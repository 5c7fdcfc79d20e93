package io.sallyport.builds.engine;

import java.time.Instant;

/**
 * A build that waits.
 *
 * @param build its number
 * @param project it is of
 * @param position from 1, as of now; builds submitted later may come first by fair share or priority
 * @param since it waits
 * @param priority within its project
 * @param why it does not run yet, in words
 */
public record QueueEntry(long build, String project, int position, Instant since, int priority, String why) {}
