package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;

/** What became of the wish to start a job that waits for it. */
public sealed interface Starting {
    /** It waits for a place now, like any other. */
    record Done(Build build) implements Starting {}

    /** It waits for nobody. */
    record NotWaiting(Build build, Job job) implements Starting {}

    /** The build has no such job. */
    record NoSuchJob(Build build) implements Starting {}

    /** The build has ended. */
    record TooLate(Build build) implements Starting {}
}
