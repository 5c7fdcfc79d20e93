package io.sallyport.builds.visit;

import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import java.util.Optional;

/**
 * A job that somebody may be let into.
 *
 * @param key of the job
 * @param run of it
 * @param log of its build, while that is written
 * @param keeping when it is a failed job that is kept
 */
record Room(Key key, Run run, Optional<JobOutput> log, Optional<Keeping> keeping) {
    /** Which job: the number of its build and its name. */
    record Key(long build, String job) {}
}
