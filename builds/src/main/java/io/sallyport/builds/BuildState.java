package io.sallyport.builds;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a build is in its life. The allowed steps stand here; the store refuses all others. */
public enum BuildState {
    /** Waits to be started. */
    QUEUED,
    /** Has begun: a job runs, or waits for another one, for somebody or for a time. */
    RUNNING,
    /** Ended, and every job that counts did what it should. */
    SUCCEEDED,
    /** Ended, and a script did not. */
    FAILED,
    /** Ended on somebody's word. */
    CANCELED,
    /** Ended because it ran too long. */
    TIMEDOUT,
    /** Ended by no fault of its script: the infrastructure failed. */
    ERRORED;

    private static final Set<BuildState> ENDS = Set.of(SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED);

    /** Whether it is over; nothing follows an ended state. */
    public boolean ended() {
        return ENDS.contains(this);
    }

    /** Whether the step to another state is allowed. */
    public boolean canBecome(BuildState next) {
        return switch (this) {
            case QUEUED -> next == RUNNING || next == CANCELED || next == ERRORED;
            case RUNNING -> next.ended();
            case SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED -> false;
        };
    }

    /** The name in records and answers, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that label; empty when there is none. */
    public static Optional<BuildState> parse(String label) {
        for (BuildState state : values()) {
            if (state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
