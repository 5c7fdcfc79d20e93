package io.sallyport.builds.engine;

import io.sallyport.builds.Build;

/** What became of the wish to cancel a build. */
public sealed interface Cancellation {
    /** It had not started, and is canceled. */
    record Done(Build build) implements Cancellation {}

    /** It runs; its processes are being ended. */
    record UnderWay(Build build) implements Cancellation {}

    /** It had ended before. */
    record TooLate(Build build) implements Cancellation {}
}
