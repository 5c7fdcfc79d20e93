package io.sallyport.builds.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against somebody who looks at the clock on the wall every minute. What is due is found here without any arithmetic of
 * time zones: by what the clock shows, what it has shown before and what it has leapt over.
 */
class CronOracleTest {
    private static final int TRIALS = 60;
    private static final int DAYS = 5;

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "America/Sao_Paulo",
            "Africa/Cairo",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "America/St_Johns",
            "Asia/Tehran");

    static List<String> zones() {
        return ZONES;
    }

    @ParameterizedTest
    @MethodSource("zones")
    void agreesWithTheClockOnTheWall(String name) {
        ZoneId zone = ZoneId.of(name);
        Random random = new Random(name.hashCode());
        for (int trial = 0; trial < TRIALS; trial++) {
            Expression expression = Expression.random(random);
            Instant from = start(zone, random);
            Instant to = from.plus(DAYS, ChronoUnit.DAYS);

            List<Instant> found = new ArrayList<>();
            Cron cron = CronTest.cron(expression.text(), name);
            for (Instant time = cron.next(from); !time.isAfter(to); time = cron.next(time)) {
                found.add(time);
            }

            assertEquals(
                    watched(expression, zone, from, to), found, expression.text() + " in " + name + " from " + from);
        }
    }

    /** Most often near a change of the clocks, if the zone has any. */
    private static Instant start(ZoneId zone, Random random) {
        Instant any = Instant.parse("1975-01-01T00:00:00Z").plus(random.nextInt(60 * 365), ChronoUnit.DAYS);
        var change = zone.getRules().nextTransition(any);
        boolean near = change != null && random.nextInt(4) != 0;
        Instant around = near ? change.getInstant().minus(random.nextInt(3 * 24 * 60), ChronoUnit.MINUTES) : any;
        return around.plusMillis(random.nextInt(60_000));
    }

    /** Watches from two days before on, to know what the clock has shown. */
    private static List<Instant> watched(Expression expression, ZoneId zone, Instant from, Instant to) {
        boolean everyHour = expression.hours().size() == 24;
        List<Instant> due = new ArrayList<>();
        Instant now = from.truncatedTo(ChronoUnit.MINUTES).minus(2, ChronoUnit.DAYS);
        LocalDateTime furthest = shown(now, zone);
        for (now = now.plus(1, ChronoUnit.MINUTES); !now.isAfter(to); now = now.plus(1, ChronoUnit.MINUTES)) {
            LocalDateTime shown = shown(now, zone);
            boolean again = !shown.isAfter(furthest);
            boolean leapt = false;
            for (LocalDateTime left = furthest.plusMinutes(1); left.isBefore(shown); left = left.plusMinutes(1)) {
                leapt |= expression.names(left);
            }
            boolean isDue = everyHour ? expression.names(shown) : !again && (expression.names(shown) || leapt);
            if (isDue && now.isAfter(from)) {
                due.add(now);
            }
            furthest = again ? furthest : shown;
        }
        return due;
    }

    private static LocalDateTime shown(Instant now, ZoneId zone) {
        return LocalDateTime.ofInstant(now, zone);
    }

    /** A random expression and the sets that it means. */
    private record Expression(
            String text,
            Set<Integer> minutes,
            Set<Integer> hours,
            Set<Integer> days,
            Set<Integer> months,
            Set<Integer> weekdays,
            boolean either) {
        static Expression random(Random random) {
            Field minutes = Field.random(random, 0, 59, 2);
            Field hours = Field.random(random, 0, 23, 3);
            Field days = Field.random(random, 1, 28, 2);
            Field months = Field.random(random, 1, 12, 6);
            Field weekdays = Field.random(random, 0, 6, 3);
            return new Expression(
                    String.join(" ", minutes.text, hours.text, days.text, months.text, weekdays.text),
                    minutes.values,
                    hours.values,
                    days.values,
                    months.values,
                    weekdays.values,
                    !days.text.startsWith("*") && !weekdays.text.startsWith("*"));
        }

        boolean names(LocalDateTime time) {
            boolean day = days.contains(time.getDayOfMonth());
            boolean weekday = weekdays.contains(time.getDayOfWeek().getValue() % 7);
            return minutes.contains(time.getMinute())
                    && hours.contains(time.getHour())
                    && months.contains(time.getMonthValue())
                    && (either ? day || weekday : day && weekday);
        }
    }

    private record Field(String text, Set<Integer> values) {
        /** One in {@code stars} is a star. */
        static Field random(Random random, int least, int most, int stars) {
            if (random.nextInt(stars) != 0) {
                Set<Integer> all = IntStream.rangeClosed(least, most == 28 ? 31 : most)
                        .boxed()
                        .collect(Collectors.toSet());
                return new Field("*", all);
            }
            int shape = random.nextInt(3);
            int first = least + random.nextInt(most - least + 1);
            int last = first + random.nextInt(most - first + 1);
            int step = 1 + random.nextInt(most);
            Set<Integer> values = new HashSet<>();
            String text;
            switch (shape) {
                case 0 -> {
                    for (int i = 0; i < 1 + random.nextInt(3); i++) {
                        values.add(least + random.nextInt(most - least + 1));
                    }
                    text = new TreeSet<>(values).stream().map(Object::toString).collect(Collectors.joining(","));
                }
                case 1 -> {
                    for (int value = first; value <= last; value += step) {
                        values.add(value);
                    }
                    text = first + "-" + last + "/" + step;
                }
                default -> {
                    for (int value = least; value <= (most == 28 ? 31 : most); value += step) {
                        values.add(value);
                    }
                    text = "*/" + step;
                }
            }
            return new Field(text, values);
        }
    }
}
