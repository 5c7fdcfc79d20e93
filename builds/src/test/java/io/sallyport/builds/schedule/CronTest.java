package io.sallyport.builds.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *             | 2026-11-20T14:30:00Z     | 2026-11-20T14:31:00Z
            * * * * *             | 2026-11-20T14:30:59.999Z | 2026-11-20T14:31:00Z
            * * * * *             | 2026-12-31T23:59:00Z     | 2027-01-01T00:00:00Z
            30 14 * * *           | 2026-11-20T14:29:59Z     | 2026-11-20T14:30:00Z
            30 14 * * *           | 2026-11-20T14:30:00Z     | 2026-11-21T14:30:00Z
            */15 * * * *          | 2026-11-20T14:31:00Z     | 2026-11-20T14:45:00Z
            */7 * * * *           | 2026-11-20T14:56:00Z     | 2026-11-20T15:00:00Z
            */60 * * * *          | 2026-11-20T14:56:00Z     | 2026-11-20T15:00:00Z
            5-20/5 8-9 * * *      | 2026-11-20T08:20:00Z     | 2026-11-20T09:05:00Z
            0,30 6 * * *          | 2026-11-20T06:00:00Z     | 2026-11-20T06:30:00Z
            0 0 1 * *             | 2026-11-20T00:00:00Z     | 2026-12-01T00:00:00Z
            0 0 31 * *            | 2026-11-20T00:00:00Z     | 2026-12-31T00:00:00Z
            0 0 31 4-6 *          | 2026-11-20T00:00:00Z     | 2027-05-31T00:00:00Z
            0 0 29 2 *            | 2026-11-20T00:00:00Z     | 2028-02-29T00:00:00Z
            0 0 29 feb *          | 2096-02-29T00:00:00Z     | 2104-02-29T00:00:00Z
            0 12 * * mon-fri      | 2026-11-20T12:00:00Z     | 2026-11-23T12:00:00Z
            0 12 * * Fri-Sun      | 2026-11-20T12:00:00Z     | 2026-11-21T12:00:00Z
            0 12 * * 0            | 2026-11-20T12:00:00Z     | 2026-11-22T12:00:00Z
            0 12 * * 7            | 2026-11-20T12:00:00Z     | 2026-11-22T12:00:00Z
            0 12 * * 5-7          | 2026-11-21T12:00:00Z     | 2026-11-22T12:00:00Z
            0 12 * jan,JUL *      | 2026-11-20T12:00:00Z     | 2027-01-01T12:00:00Z
            @yearly               | 2026-11-20T12:00:00Z     | 2027-01-01T00:00:00Z
            @Monthly              | 2026-11-20T12:00:00Z     | 2026-12-01T00:00:00Z
            @weekly               | 2026-11-20T12:00:00Z     | 2026-11-22T00:00:00Z
            @daily                | 2026-11-20T12:00:00Z     | 2026-11-21T00:00:00Z
            @midnight             | 2026-11-20T12:00:00Z     | 2026-11-21T00:00:00Z
            @hourly               | 2026-11-20T12:00:00Z     | 2026-11-20T13:00:00Z
            """)
    void theNextTimeIsTheFirstOneLaterThanTheGiven(String text, String after, String next) {
        assertEquals(Instant.parse(next), cron(text, "UTC").next(Instant.parse(after)));
    }

    /** 2026-11-20 is a Friday. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 13 * 5   | 2026-11-20T00:00:00Z | 2026-11-27T00:00:00Z
            0 0 13 * 5   | 2026-12-11T00:00:00Z | 2026-12-13T00:00:00Z
            0 0 13 * *   | 2026-11-20T00:00:00Z | 2026-12-13T00:00:00Z
            0 0 * * 5    | 2026-11-20T00:00:00Z | 2026-11-27T00:00:00Z
            0 0 */2 * 5  | 2026-11-20T00:00:00Z | 2026-11-27T00:00:00Z
            0 0 13 * */6 | 2026-11-20T00:00:00Z | 2026-12-13T00:00:00Z
            """)
    void oneOfTheTwoDayFieldsIsEnoughWhenBothAreRestricted(String text, String after, String next) {
        assertEquals(Instant.parse(next), cron(text, "UTC").next(Instant.parse(after)));
    }

    @Test
    void aDateThatComesOnceInFortyYearsIsFound() {
        // Sundays that are a 29th of February; 2100 is no leap year.
        assertEquals(
                Instant.parse("2128-02-29T00:00:00Z"),
                cron("0 0 29 2 */7", "UTC").next(Instant.parse("2088-02-29T00:00:00Z")));
    }

    /** All times between two moments, which are written as the zone's clocks show them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *    | America/New_York   | 2026-03-07T12:00-05:00 | 2026-03-09T12:00-04:00 | 08T03:00-04:00 09T02:30-04:00
            */20 2 * * *  | America/New_York   | 2026-03-07T12:00-05:00 | 2026-03-08T12:00-04:00 | 08T03:00-04:00
            0 2,3 * * *   | America/New_York   | 2026-03-07T12:00-05:00 | 2026-03-08T12:00-04:00 | 08T03:00-04:00
            30 * * * *    | America/New_York   | 2026-03-08T00:45-05:00 | 2026-03-08T04:00-04:00 | 08T01:30-05:00 08T03:30-04:00
            30 1 * * *    | America/New_York   | 2026-10-31T12:00-04:00 | 2026-11-02T12:00-05:00 | 01T01:30-04:00 02T01:30-05:00
            30 * * * *    | America/New_York   | 2026-11-01T00:45-04:00 | 2026-11-01T03:00-05:00 | 01T01:30-04:00 01T01:30-05:00 01T02:30-05:00
            0 */2 * * *   | America/New_York   | 2026-03-08T00:30-05:00 | 2026-03-08T05:00-04:00 | 08T03:00-04:00 08T04:00-04:00
            0 */2 * * *   | Europe/Berlin      | 2026-10-25T00:30+02:00 | 2026-10-25T05:00+01:00 | 25T02:00+02:00 25T04:00+01:00
            15 2 * * *    | Europe/Berlin      | 2026-03-28T12:00+01:00 | 2026-03-30T12:00+02:00 | 29T03:00+02:00 30T02:15+02:00
            15 2 * * *    | Europe/Berlin      | 2026-10-24T12:00+02:00 | 2026-10-26T12:00+01:00 | 25T02:15+02:00 26T02:15+01:00
            0 0 * * *     | Africa/Cairo       | 2026-04-23T12:00+02:00 | 2026-04-25T12:00+03:00 | 24T01:00+03:00 25T00:00+03:00
            30 23 * * *   | Africa/Cairo       | 2026-10-28T12:00+03:00 | 2026-10-30T22:00+02:00 | 28T23:30+03:00 29T23:30+03:00
            10 2 * * *    | Australia/Lord_Howe | 2026-10-03T12:00+10:30 | 2026-10-05T12:00+11:00 | 04T02:30+11:00 05T02:10+11:00
            45 1 * * *    | Australia/Lord_Howe | 2026-04-04T12:00+11:00 | 2026-04-06T12:00+10:30 | 05T01:45+11:00 06T01:45+10:30
            */15 * * * *  | Australia/Lord_Howe | 2026-04-05T01:20+11:00 | 2026-04-05T02:10+10:30 | 05T01:30+11:00 05T01:45+11:00 05T01:30+10:30 05T01:45+10:30 05T02:00+10:30
            0 9 * * *     | Pacific/Apia       | 2011-12-29T08:00-10:00 | 2012-01-01T00:00+14:00 | 29T09:00-10:00 31T00:00+14:00 31T09:00+14:00
            0 0 * * *     | Asia/Kathmandu     | 2026-11-20T12:00+05:45 | 2026-11-21T12:00+05:45 | 21T00:00+05:45
            """)
    void whatTheClocksLeaveOutIsDueOnceRightAfterItAndWhatTheyShowTwiceOnce(
            String text, String zone, String from, String to, String expected) {
        Cron cron = cron(text, zone);
        Instant end = OffsetDateTime.parse(to).toInstant();
        List<String> due = new ArrayList<>();
        for (Instant time = cron.next(OffsetDateTime.parse(from).toInstant());
                time.isBefore(end);
                time = cron.next(time)) {
            due.add(time.atZone(cron.zone()).toOffsetDateTime().toString().substring("2026-03-".length()));
        }
        assertEquals(List.of(expected.split(" ", -1)), due);
    }

    @Test
    void everyHourGoesOnThroughEachChangeOfTheClocks() {
        Cron cron = cron("0 * * * *", "Europe/London");
        Instant time = LocalDateTime.of(2020, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
        for (int hour = 0; hour < 20_000; hour++) {
            Instant next = cron.next(time);
            assertEquals(time.plus(1, ChronoUnit.HOURS), next);
            time = next;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''              | it has 0 fields, and needs five, parted by blanks: minute, hour, day of month, month, day of week
            * * * *         | it has 4 fields, and needs five, parted by blanks: minute, hour, day of month, month, day of week
            0 0 0 1 1 *     | it has 6 fields, and needs five, parted by blanks: minute, hour, day of month, month, day of week; there are no seconds and no years
            60 * * * *      | minute: '60' is not from 0 to 59
            -1 * * * *      | minute: '' is not from 0 to 59
            x * * * *       | minute: 'x' is not from 0 to 59
            * 24 * * *      | hour: '24' is not from 0 to 23
            * H * * *       | hour: 'h' is not from 0 to 23
            * * 0 * *       | day of month: '0' is not from 1 to 31
            * * L * *       | day of month: 'l' is not from 1 to 31
            * * ? * *       | day of month: '?' is not from 1 to 31
            * * * 13 *      | month: '13' is not from 1 to 12, jan to dec
            * * * jum *     | month: 'jum' is not from 1 to 12, jan to dec, did you mean 'jul'?
            * * * january * | month: 'january' is not from 1 to 12, jan to dec, did you mean 'jan'?
            * * * * 8       | day of week: '8' is not from 0 to 7, sun to sat
            * * * * friday  | day of week: 'friday' is not from 0 to 7, sun to sat, did you mean 'fri'?
            * * * * 5#3     | day of week: '5#3' is not from 0 to 7, sun to sat
            */0 * * * *     | minute: the step of '*/0' is not from 1 to 60
            */90 * * * *    | minute: the step of '*/90' is not from 1 to 60
            */x * * * *     | minute: the step of '*/x' is not from 1 to 60
            5/15 * * * *    | minute: a step needs a range or * before it: '5-59/15' instead of '5/15'
            1,,2 * * * *    | minute: there is nothing between two commas, or before or behind one, in '1,,2'
            20-10 * * * *   | minute: '20-10' runs backwards: write '20-59,0-10'
            * * * * fri-mon | day of week: 'fri-mon' runs backwards: write '5-6,0-1'
            @dayly          | unknown word '@dayly', did you mean '@daily'?
            @reboot         | unknown word '@reboot'; there are @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly
            0 0 30 2 *      | day of month: it would never be due: no month of '2' has a day '30'
            0 0 31 4,jun *  | day of month: it would never be due: no month of '4,jun' has a day '31'
            0 0 30 2 */2    | day of month: it would never be due: no month of '2' has a day '30'
            """)
    void whatIsWrongIsNamedWithItsFieldAndWhatWouldBeRight(String text, String words) {
        CronReading reading = Cron.read(text, "UTC");
        assertEquals(
                words,
                assertInstanceOf(CronReading.Misunderstood.class, reading).words());
    }

    @Test
    void anImpossibleDayCountsNothingWhereADayOfTheWeekIsNamedToo() {
        assertEquals(
                Instant.parse("2027-02-05T00:00:00Z"),
                cron("0 0 30 2 5", "UTC").next(Instant.parse("2026-11-20T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Europe/Berln | unknown time zone 'Europe/Berln', did you mean 'Europe/Berlin'?
            +02:00       | unknown time zone '+02:00'; it is a name such as UTC, Europe/Berlin or America/New_York
            ''           | unknown time zone ''; it is a name such as UTC, Europe/Berlin or America/New_York
            """)
    void aTimeZoneIsOneOfTheIanaDatabase(String zone, String words) {
        CronReading reading = Cron.read("@daily", zone);
        assertEquals(
                words,
                assertInstanceOf(CronReading.Misunderstood.class, reading).words());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,", "9"})
    void aLongTextIsRefusedUnread(String part) {
        CronReading reading = Cron.read(part.repeat(300), "UTC");
        assertEquals(
                "it is longer than 256 characters",
                assertInstanceOf(CronReading.Misunderstood.class, reading).words());
    }

    static Cron cron(String text, String zone) {
        CronReading reading = Cron.read(text, zone);
        return assertInstanceOf(CronReading.Understood.class, reading, reading::toString)
                .cron();
    }
}
