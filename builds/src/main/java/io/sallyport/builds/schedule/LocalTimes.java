package io.sallyport.builds.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The minutes of a calendar that a cron expression names, wherever that hangs. Sets of numbers are bits, that of number
 * n being {@code 1L << n}.
 *
 * @param minutes from 0 to 59, at least one
 * @param hours from 0 to 23, at least one
 * @param days of a month, from 1 to 31, at least one
 * @param months from 1 to 12, at least one
 * @param weekdays from 0 for Sunday to 6, at least one
 * @param either whether a day is named when one of its two fields names it; else both have to
 */
record LocalTimes(long minutes, long hours, long days, long months, long weekdays, boolean either) {
    private static final int MINUTES = 60;
    private static final int HOURS = 24;
    private static final int LEAP_YEAR = 2000;
    private static final int WEEK = 7;

    /** Whether there is no such time in any year. A date that exists falls on each day of the week in some year. */
    boolean isNever() {
        if (either) {
            return false;
        }
        for (int month = 1; month <= 12; month++) {
            int length = LocalDate.of(LEAP_YEAR, month, 1).lengthOfMonth();
            if (has(months, month) && (days & upTo(length)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is one in every hour of some day. */
    boolean isEveryHour() {
        return Long.bitCount(hours) == HOURS;
    }

    /** The first one at a time or after it. To be asked only when there is one. */
    LocalDateTime atOrAfter(LocalDateTime time) {
        LocalDateTime minute = time.truncatedTo(ChronoUnit.MINUTES);
        LocalDateTime from = minute.isBefore(time) ? minute.plusMinutes(1) : minute;
        LocalDate day = from.toLocalDate();
        if (names(day)) {
            int found = atOrAfter(from.getHour(), from.getMinute());
            if (found >= 0) {
                return at(day, found);
            }
        }
        do {
            day = has(months, day.getMonthValue())
                    ? day.plusDays(1)
                    : day.withDayOfMonth(1).plusMonths(1);
        } while (!names(day));
        return at(day, atOrAfter(0, 0));
    }

    private boolean names(LocalDate day) {
        boolean ofMonth = has(days, day.getDayOfMonth());
        boolean ofWeek = has(weekdays, day.getDayOfWeek().getValue() % WEEK);
        return has(months, day.getMonthValue()) && (either ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    /** As a minute of the day; -1 when there is none left. */
    private int atOrAfter(int hour, int minute) {
        int sameHour = has(hours, hour) ? next(minutes, minute) : -1;
        if (sameHour >= 0) {
            return hour * MINUTES + sameHour;
        }
        int later = next(hours, hour + 1);
        return later < 0 ? -1 : later * MINUTES + next(minutes, 0);
    }

    private static LocalDateTime at(LocalDate day, int minute) {
        return day.atTime(minute / MINUTES, minute % MINUTES);
    }

    /** The least number of the set that is not below another; -1 when there is none. */
    private static int next(long set, int least) {
        long rest = set & (-1L << least);
        return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }

    private static boolean has(long set, int number) {
        return (set & (1L << number)) != 0;
    }

    private static long upTo(int number) {
        return (1L << (number + 1)) - 1;
    }
}
