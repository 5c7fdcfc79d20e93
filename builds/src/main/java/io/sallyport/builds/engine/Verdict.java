package io.sallyport.builds.engine;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.mask.Mask;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a job or a build has ended.
 *
 * @param state ended
 * @param exitCode of the script, when it ended by itself
 * @param reason where there is more to say
 */
record Verdict(BuildState state, OptionalInt exitCode, Optional<String> reason) {
    static Verdict of(BuildState state, String reason) {
        return new Verdict(state, OptionalInt.empty(), Optional.of(reason));
    }

    static Verdict code(int code) {
        return code == 0
                ? new Verdict(BuildState.SUCCEEDED, OptionalInt.of(0), Optional.empty())
                : new Verdict(BuildState.FAILED, OptionalInt.of(code), Optional.of("the script ended with " + code));
    }

    /** The same, with what a mask hides hidden in its reason. */
    Verdict behind(Mask mask) {
        return new Verdict(state, exitCode, reason.map(mask::text));
    }

    static Verdict of(StopSignal.Stop stop) {
        return switch (stop) {
            case StopSignal.Canceled canceled ->
                new Verdict(BuildState.CANCELED, OptionalInt.empty(), canceled.reason());
            case StopSignal.TimedOut timedOut ->
                of(BuildState.TIMEDOUT, "it ran longer than " + timedOut.after().toSeconds() + " s");
            case StopSignal.Shutdown shutdown -> of(BuildState.ERRORED, "the gateway went down");
        };
    }
}
