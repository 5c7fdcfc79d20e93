package io.sallyport.builds.engine;

import io.sallyport.builds.JobState;
import io.sallyport.builds.mask.Mask;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an attempt at a job has ended.
 *
 * @param state an end
 * @param exitCode of the script, when it ended by itself
 * @param reason where there is more to say
 * @param lost whether its place was lost, by no fault of the job
 */
record Verdict(JobState state, OptionalInt exitCode, Optional<String> reason, boolean lost) {
    static final Verdict SUCCEEDED = new Verdict(JobState.SUCCEEDED, OptionalInt.of(0), Optional.empty(), false);

    static Verdict of(JobState state, String reason) {
        return new Verdict(state, OptionalInt.empty(), Optional.of(reason), false);
    }

    static Verdict lost(String reason) {
        return new Verdict(JobState.ERRORED, OptionalInt.empty(), Optional.of(reason), true);
    }

    static Verdict code(int code) {
        return code == 0
                ? SUCCEEDED
                : new Verdict(
                        JobState.FAILED, OptionalInt.of(code), Optional.of("the script ended with " + code), false);
    }

    /** The same, with what a mask hides hidden in its reason. */
    Verdict behind(Mask mask) {
        return new Verdict(state, exitCode, reason.map(mask::text), lost);
    }

    static Verdict of(StopSignal.Stop stop) {
        return switch (stop) {
            case StopSignal.Canceled canceled ->
                new Verdict(JobState.CANCELED, OptionalInt.empty(), canceled.reason(), false);
            case StopSignal.TimedOut timedOut ->
                of(JobState.TIMEDOUT, "it ran longer than " + timedOut.after().toSeconds() + " s");
            case StopSignal.Broken broken -> of(JobState.ERRORED, broken.reason());
            case StopSignal.Shutdown shutdown -> of(JobState.ERRORED, "the gateway went down");
        };
    }
}
