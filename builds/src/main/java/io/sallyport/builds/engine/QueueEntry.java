package io.sallyport.builds.engine;

import io.sallyport.builds.Pause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A build that has not begun, or a job of one that has, that waits.
 *
 * @param build its number
 * @param project it is of
 * @param submittedBy whose build it is
 * @param job that waits; empty when the build has not begun
 * @param position from 1, as of now, among all that wait for a place; builds submitted later may come first by fair
 *     share or priority
 * @param since it waits
 * @param priority within its project
 * @param why it does not run yet
 */
public record QueueEntry(
        long build,
        String project,
        String submittedBy,
        Optional<String> job,
        OptionalInt position,
        Instant since,
        int priority,
        Why why) {
    /** Why something does not run yet. */
    public sealed interface Why {}

    /**
     * All places are taken.
     *
     * @param places how many there are
     * @param holders who has them
     * @param before how many jobs come first
     */
    public record PlacesTaken(int places, List<Holder> holders, int before) implements Why {}

    /**
     * The project has all the places that it may.
     *
     * @param limit how many
     */
    public record ProjectFull(int limit) implements Why {}

    /**
     * Somebody has paused the project.
     *
     * @param pause who, since when and why
     */
    public record Paused(Pause pause) implements Why {}

    /**
     * Builds of the identity have all the places that they may.
     *
     * @param identity that submitted them
     * @param limit how many
     */
    public record IdentityFull(String identity, int limit) implements Why {}

    /**
     * Another job of its resource group runs.
     *
     * @param group its name
     * @param holder the other job
     */
    public record GroupTaken(String group, Holder holder) implements Why {}

    /** The gateway is going down. */
    public record Closing() implements Why {}

    /**
     * Other jobs have to end before.
     *
     * @param jobs their names
     */
    public record Jobs(List<String> jobs) implements Why {}

    /**
     * Somebody has to start it.
     *
     * @param until when the wait is over
     */
    public record Somebody(Instant until) implements Why {}

    /**
     * Its time has not come.
     *
     * @param due when it does
     */
    public record Time(Instant due) implements Why {}

    /**
     * A job that has a place.
     *
     * @param build it is of
     * @param project of that
     * @param job its name
     */
    public record Holder(long build, String project, String job) {}
}
