package io.sallyport.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What has been done with a deploy key since it was made.
 *
 * @param logins how often it has let in
 * @param submissions how many builds it has submitted
 * @param bytes how many bytes it has sent as sources, refused ones too
 * @param last when it last let in or submitted
 * @param from the address that it was last used from
 * @param day since when {@code dayBytes} are counted
 * @param dayBytes the bytes sent within a day from then on
 */
public record DeployKeyUse(
        long logins,
        long submissions,
        long bytes,
        Optional<Instant> last,
        Optional<String> from,
        Optional<Instant> day,
        long dayBytes) {
    /** Not used yet. */
    public static final DeployKeyUse NONE =
            new DeployKeyUse(0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), 0);

    private static final Duration DAY = Duration.ofDays(1);

    DeployKeyUse loggedIn(Instant now, String source) {
        return new DeployKeyUse(logins + 1, submissions, bytes, Optional.of(now), Optional.of(source), day, dayBytes);
    }

    DeployKeyUse submitted(Instant now) {
        return new DeployKeyUse(logins, submissions + 1, bytes, Optional.of(now), from, day, dayBytes);
    }

    DeployKeyUse received(Instant now, long more) {
        Optional<Instant> counted = dayEnds(now);
        return new DeployKeyUse(
                logins,
                submissions,
                bytes + more,
                last,
                from,
                counted.isPresent() ? day : Optional.of(now),
                counted.isPresent() ? dayBytes + more : more);
    }

    /** The bytes sent within the day that it is now; 0 when that has not begun. */
    public long bytesToday(Instant now) {
        return dayEnds(now).isPresent() ? dayBytes : 0;
    }

    /** When the day ends that it is now; empty when it begins with the next byte. A clock set back begins a new one. */
    public Optional<Instant> dayEnds(Instant now) {
        return day.filter(began -> !now.isBefore(began))
                .map(began -> began.plus(DAY))
                .filter(now::isBefore);
    }
}
