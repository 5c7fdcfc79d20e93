package io.sallyport.builds;

import java.util.Locale;
import java.util.Optional;

/** Where a job is in its life. The allowed steps stand here; the store refuses all others. */
public enum JobState {
    /** Waits: for jobs before it, or for a place to run. */
    QUEUED,
    /** Waits for somebody to start it. */
    MANUAL,
    /** Waits for a time. */
    DELAYED,
    /** Has a place. */
    RUNNING,
    /** Its script did what it should. */
    SUCCEEDED,
    /** Its script did not. */
    FAILED,
    /** Ended on somebody's word, or never begun because of it. */
    CANCELED,
    /** Ended because it ran too long. */
    TIMEDOUT,
    /** Ended by no fault of its script: the infrastructure failed. */
    ERRORED,
    /** Never begun: what became of the jobs before it does not ask for it. */
    SKIPPED;

    /** Whether it is over; nothing follows an ended state. */
    public boolean ended() {
        return switch (this) {
            case QUEUED, MANUAL, DELAYED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED, SKIPPED -> true;
        };
    }

    /** Whether it has run and not done what it should. */
    public boolean failed() {
        return switch (this) {
            case FAILED, TIMEDOUT, ERRORED -> true;
            case QUEUED, MANUAL, DELAYED, RUNNING, SUCCEEDED, CANCELED, SKIPPED -> false;
        };
    }

    /** Whether the step to another state is allowed. */
    public boolean canBecome(JobState next) {
        return switch (this) {
            case QUEUED -> next == MANUAL || next == DELAYED || next == RUNNING || next == CANCELED || next == SKIPPED;
            case MANUAL, DELAYED -> next == QUEUED || next == CANCELED || next == SKIPPED;
            case RUNNING -> next == QUEUED || (next.ended() && next != SKIPPED); // queued to be tried again
            case SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED, SKIPPED -> false;
        };
    }

    /** The name in records and answers, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that label; empty when there is none. */
    public static Optional<JobState> parse(String label) {
        for (JobState state : values()) {
            if (state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
