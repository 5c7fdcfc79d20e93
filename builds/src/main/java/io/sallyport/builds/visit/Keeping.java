package io.sallyport.builds.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a failed job is kept. Its times are guarded by who keeps it. */
final class Keeping {
    private static final Duration WARNING = Duration.ofMinutes(1);

    private final Duration span;
    private final Instant ceiling;
    private final CompletableFuture<Boolean> there = new CompletableFuture<>();
    private Instant until;
    private @Nullable Future<?> alarm;

    /** From now for a span, longer while somebody is in, but never longer than that. */
    Keeping(Instant now, Duration span, Duration longest) {
        this.span = span.compareTo(longest) < 0 ? span : longest;
        this.ceiling = now.plus(longest);
        this.until = now.plus(this.span);
    }

    Instant until() {
        return until;
    }

    /** When there is something to be done next: to warn of the end, if that is one whoever is in, or to end or extend. */
    Instant next(Instant now) {
        Instant warning = until.minus(WARNING);
        return isLast() && now.isBefore(warning) ? warning : until;
    }

    /** Whether its end is so near that who is in has to know, and comes whoever is in. */
    boolean isEnding(Instant now) {
        return isLast() && !now.isBefore(until.minus(WARNING));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    private boolean isLast() {
        return until.equals(ceiling);
    }

    /** For another span; false when it has been extended as far as it may. */
    boolean extend(Instant now) {
        Instant later = now.plus(span);
        Instant next = later.isBefore(ceiling) ? later : ceiling;
        boolean is = next.isAfter(until);
        until = is ? next : until;
        return is;
    }

    /** The alarm that rings next; that before it is not wanted any more. */
    void alarm(@Nullable Future<?> next) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = next;
    }

    /** Somebody can be let in, or never will be. */
    void ready(boolean is) {
        there.complete(is);
    }

    /** Waits for that, for a while. */
    boolean awaitReady() {
        return there.copy().completeOnTimeout(false, 1, TimeUnit.MINUTES).join();
    }
}
