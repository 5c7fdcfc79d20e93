package io.sallyport.builds.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A job that wants a place, or has one.
 *
 * @param build it is of
 * @param project of the build
 * @param identity that submitted the build
 * @param priority of the build
 * @param index of the job in its plan, from 0
 * @param job its name
 * @param group only one job of that name runs at a time in the project
 * @param since it waits
 */
record Seeker(
        long build,
        String project,
        String identity,
        int priority,
        int index,
        String job,
        Optional<String> group,
        Instant since) {
    /** Within a project: priority, then age, then the order of the plan. */
    static final Comparator<Seeker> ORDER = Comparator.comparingInt(Seeker::priority)
            .reversed()
            .thenComparingLong(Seeker::build)
            .thenComparingInt(Seeker::index);

    /** Which job it is, whatever else is said of it. */
    Key key() {
        return new Key(build, index);
    }

    /**
     * A job of a build.
     *
     * @param build its number
     * @param index of the job in its plan
     */
    record Key(long build, int index) {}
}
