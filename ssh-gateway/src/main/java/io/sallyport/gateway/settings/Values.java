package io.sallyport.gateway.settings;

import io.sallyport.builds.executor.docker.ContainerUser;
import io.sallyport.builds.git.RepositoryPattern;
import io.sallyport.builds.schedule.Cron;
import io.sallyport.builds.schedule.CronReading;
import io.sallyport.builds.web.HostPattern;
import io.sallyport.keys.Network;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The forms that values of settings have. */
final class Values {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Map<String, Integer> SHIFTS = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);

    private static final long MIB = 1 << 20;

    private Values() {}

    static Setting<Integer> count(String name, int fallback, int least, String summary) {
        return new Setting<>(name, Integer.toString(fallback), "a whole number from " + least, summary, text -> {
            int number = Integer.parseInt(text);
            require(number >= least);
            return number;
        });
    }

    static Setting<Integer> upTo(String name, int fallback, int most, String summary) {
        return new Setting<>(name, Integer.toString(fallback), "a whole number from 0 to " + most, summary, text -> {
            int number = Integer.parseInt(text);
            require(number >= 0 && number <= most);
            return number;
        });
    }

    static Setting<List<Network>> networks(String name, String fallback, String summary) {
        return new Setting<>(
                name,
                fallback,
                "addresses such as 192.0.2.0/24 2001:db8::/32, parted by blanks",
                summary,
                text -> text.isBlank()
                        ? List.of()
                        : Stream.of(text.strip().split("\\s+"))
                                .map(Values::network)
                                .toList());
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow(IllegalArgumentException::new);
    }

    static Setting<Long> bytes(String name, String fallback, String summary) {
        return new Setting<>(name, fallback, "a number of bytes such as 64KiB or 1GiB", summary, text -> {
            Matcher matcher = BYTES.matcher(text);
            require(matcher.matches());
            String unit = matcher.group(2) == null ? "B" : matcher.group(2);
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << SHIFTS.getOrDefault(unit, 0));
        });
    }

    static Setting<Long> bytesFrom(long least, String name, String fallback, String summary) {
        Setting<Long> any = bytes(name, fallback, summary);
        return new Setting<>(name, fallback, "a number of bytes from " + shown(least), summary, text -> {
            long bytes = any.reader().read(text);
            require(bytes >= least);
            return bytes;
        });
    }

    private static String shown(long bytes) {
        return bytes % MIB == 0 ? bytes / MIB + "MiB" : Long.toString(bytes);
    }

    static Setting<Duration> someTime(String name, String fallback, String summary) {
        Setting<Duration> any = time(name, fallback, summary);
        return new Setting<>(name, fallback, "a time above 0 such as 500ms, 20s, 10m, 1h or 1d", summary, text -> {
            Duration time = any.reader().read(text);
            require(time.isPositive());
            return time;
        });
    }

    static Setting<Duration> time(String name, String fallback, String summary) {
        return new Setting<>(name, fallback, "a time such as 500ms, 20s, 10m, 1h or 1d", summary, text -> {
            Matcher matcher = TIME.matcher(text);
            require(matcher.matches());
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        });
    }

    static Setting<Optional<Cron>> cron(String name, String fallback, String summary) {
        return new Setting<>(name, fallback, "five fields of cron, or off", summary, text -> {
            if (text.equals("off") || text.equals("false")) {
                return Optional.empty();
            }
            return switch (Cron.read(text, "UTC")) {
                case CronReading.Understood understood -> Optional.of(understood.cron());
                case CronReading.Misunderstood wrong -> throw new IllegalArgumentException(wrong.words());
            };
        });
    }

    static Setting<List<HostPattern>> hosts(String name, String summary) {
        return new Setting<>(
                name,
                "",
                "hosts such as api.github.com git.example:8443 *.example.org, parted by blanks",
                summary,
                text -> text.isBlank()
                        ? List.of()
                        : Stream.of(text.strip().split("\\s+"))
                                .map(word -> HostPattern.parse(word).orElseThrow(IllegalArgumentException::new))
                                .toList());
    }

    static Setting<List<RepositoryPattern>> repositories(String name, String summary) {
        return new Setting<>(
                name,
                "",
                "addresses such as https://github.com/team/** git.example:8443, parted by blanks",
                summary,
                text -> text.isBlank()
                        ? List.of()
                        : Stream.of(text.strip().split("\\s+"))
                                .map(word -> RepositoryPattern.parse(word).orElseThrow(IllegalArgumentException::new))
                                .toList());
    }

    static Setting<Boolean> flag(String name, boolean fallback, String summary) {
        return new Setting<>(name, Boolean.toString(fallback), "true or false", summary, text -> {
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        });
    }

    static Setting<String> text(String name, String fallback, String summary) {
        return new Setting<>(name, fallback, "a text", summary, text -> {
            require(!text.isBlank());
            return text;
        });
    }

    static Setting<Optional<String>> maybe(String name, String summary) {
        return new Setting<>(
                name, "", "a text, or nothing", summary, text -> text.isBlank() ? Optional.empty() : Optional.of(text));
    }

    static Setting<Double> amount(String name, String fallback, String summary) {
        return new Setting<>(name, fallback, "a number above 0 such as 2 or 0.5", summary, text -> {
            double number = Double.parseDouble(text);
            require(number > 0 && number < 1_000_000);
            return number;
        });
    }

    static Setting<ContainerUser> user(String name, ContainerUser fallback, String summary) {
        return new Setting<>(
                name,
                fallback.toString(),
                "two numbers UID:GID such as 1000:1000",
                summary,
                text -> ContainerUser.parse(text).orElseThrow(IllegalArgumentException::new));
    }

    static Setting<List<String>> words(String name, String summary) {
        return new Setting<>(
                name,
                "",
                "words parted by blanks",
                summary,
                text -> text.isBlank() ? List.of() : List.of(text.strip().split("\\s+")));
    }

    static <E extends Enum<E>> Setting<E> oneOf(String name, Class<E> kind, E fallback, String summary) {
        List<String> labels =
                List.of(kind.getEnumConstants()).stream().map(Values::label).toList();
        return new Setting<>(name, label(fallback), "one of " + String.join(", ", labels), summary, text -> {
            require(labels.contains(text));
            return Enum.valueOf(kind, text.toUpperCase(Locale.ROOT));
        });
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
