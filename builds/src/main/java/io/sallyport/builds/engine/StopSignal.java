package io.sallyport.builds.engine;

import io.sallyport.builds.executor.Run;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wish that a running job should end before its time. May be raised from any thread. The first one counts as the
 * reason; each ends what runs at that moment, so a second one also ends what follows a first.
 */
final class StopSignal {
    private final Duration grace;
    private @Nullable Stop raised;
    private boolean abandoned;
    private @Nullable Run current;

    StopSignal(Duration grace) {
        this.grace = grace;
    }

    /** Why a job is to end. */
    sealed interface Stop {}

    /** Somebody canceled it. */
    record Canceled(String by, Optional<String> reason) implements Stop {}

    /** It ran too long. */
    record TimedOut(Duration after) implements Stop {}

    /** Its build cannot go on. */
    record Broken(String reason) implements Stop {}

    /** The gateway goes down; the job starts anew with the next one. */
    record Shutdown() implements Stop {}

    synchronized void raise(Stop stop) {
        abandoned |= !(stop instanceof TimedOut);
        if (raised == null) {
            raised = stop;
        }
        if (current != null) {
            current.stop(grace);
        }
    }

    /** Names the run that the wish concerns; it is stopped at once when the wish is there already. */
    synchronized void attach(Run run) {
        current = run;
        if (raised != null) {
            run.stop(grace);
        }
    }

    synchronized void detach() {
        current = null;
    }

    Duration grace() {
        return grace;
    }

    synchronized Optional<Stop> raised() {
        return Optional.ofNullable(raised);
    }

    /** Whether nothing is wanted any more of what the job has made. */
    synchronized boolean abandoned() {
        return abandoned;
    }
}
