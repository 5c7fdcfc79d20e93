package io.sallyport.builds.log;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which bytes of a log are wanted.
 *
 * @param job only those of the job with this name; those of all jobs and of the build as a whole when empty
 * @param streams only those of these streams
 */
public record LogSelection(Optional<String> job, Set<Stream> streams) {
    /** Everything. */
    public static final LogSelection ALL = new LogSelection(Optional.empty(), EnumSet.allOf(Stream.class));

    /** Copies the set. */
    public LogSelection {
        streams = Set.copyOf(streams);
    }

    /** Only what scripts printed, all jobs. */
    public static LogSelection printed() {
        return new LogSelection(Optional.empty(), EnumSet.of(Stream.OUT, Stream.ERR));
    }

    /** Whether nothing is left out. */
    public boolean everything() {
        return job.isEmpty() && streams.size() == Stream.values().length;
    }
}
