package io.sallyport.builds.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * When something is due: five fields of cron (minute, hour, day of month, month, day of week), read as the clocks of a
 * time zone show it. When both day fields are restricted, which they are unless they begin with {@code *}, a day counts
 * that one of them names. Never changes; may be used from any thread.
 */
public final class Cron {
    private final String text;
    private final ZoneId zone;
    private final LocalTimes times;

    Cron(String text, ZoneId zone, LocalTimes times) {
        if (times.isNever()) {
            throw new IllegalArgumentException("never due: " + text);
        }
        this.text = text;
        this.zone = zone;
        this.times = times;
    }

    /**
     * Reads an expression: five fields of numbers, names, ranges, steps and lists, or a word such as {@code @daily}.
     * One that is never due, such as the 30th of February, is refused.
     *
     * @param text of 256 characters at most
     * @param zone a name of the IANA time zone database, such as {@code Europe/Berlin}; {@code UTC} is one
     */
    public static CronReading read(String text, String zone) {
        return CronReader.read(text, zone);
    }

    /** The expression as it was written. */
    public String text() {
        return text;
    }

    /** The zone whose clocks count. */
    public ZoneId zone() {
        return zone;
    }

    /**
     * The first time that is later than another, to the whole minute.
     *
     * <p>Where clocks are put forward, what would have been due in the time that is left out is due once, at the moment
     * when they are put forward. Where they are put back, what is due in the time that comes twice is due once, the
     * first time. An expression that names every hour is none of these: it goes by what the clocks show, so it is due in
     * each hour that there is, once for each time that it comes.
     */
    public Instant next(Instant after) {
        return times.isEveryHour() ? nextShown(after) : nextNamed(after);
    }

    /** Walks from one change of the clocks to the next; in between they go evenly. */
    private Instant nextShown(Instant after) {
        ZoneRules rules = zone.getRules();
        Instant from = after.plusNanos(1);
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Instant found =
                    times.atOrAfter(LocalDateTime.ofInstant(from, offset)).toInstant(offset);
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || found.isBefore(change.getInstant())) {
                return found;
            }
            from = change.getInstant();
        }
    }

    /** Each local time has one moment, and later ones have no earlier moments. */
    private Instant nextNamed(Instant after) {
        ZoneRules rules = zone.getRules();
        LocalDateTime from =
                LocalDateTime.ofInstant(after, rules.getOffset(after)).truncatedTo(ChronoUnit.MINUTES);
        while (true) {
            LocalDateTime local = times.atOrAfter(from);
            Instant moment = moment(rules, local);
            if (moment.isAfter(after)) {
                return moment;
            }
            from = local.plusMinutes(1);
        }
    }

    private static Instant moment(ZoneRules rules, LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.toInstant(rules.getOffset(local)); // of a time that comes twice, the offset before the change
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron that && text.equals(that.text) && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + zone.hashCode();
    }

    @Override
    public String toString() {
        return text + " " + zone;
    }
}
