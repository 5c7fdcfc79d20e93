package io.sallyport.handlers;

import io.sallyport.builds.Nearest;
import io.sallyport.keys.Ref;
import io.sallyport.keys.Verb;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parameter that a route takes: {@code name=value}. For {@code name.WORD=value} see {@link #words}.
 *
 * @param <T> what its values are
 */
public final class Param<T> {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})([smh])");
    private static final Map<String, Duration> UNITS =
            Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

    private final String name;
    private final String form;
    private final String summary;
    private final boolean prefix;
    private final Set<Verb> needs;
    private final Reader<T> reader;

    private Param(String name, String form, String summary, boolean prefix, Set<Verb> needs, Reader<T> reader) {
        this.name = name;
        this.form = form;
        this.summary = summary;
        this.prefix = prefix;
        this.needs = needs;
        this.reader = reader;
    }

    /** Reads a value. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(String text) throws Malformed;
    }

    /** A value is not of its parameter's form. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String parameter;
        private final String detail;

        /** A malformed value of the parameter; {@code detail} says what is expected. */
        public Malformed(String parameter, String detail) {
            super(detail, null, false, false);
            this.parameter = parameter;
            this.detail = detail;
        }

        /** The parameter. */
        public String parameter() {
            return parameter;
        }

        /** What is wrong with it and what is expected. */
        public String detail() {
            return detail;
        }
    }

    /** A parameter that is true or false; given without a value it is true. */
    public static Param<Boolean> flag(String name, String summary) {
        return new Param<>(name, "true|false", summary, false, Set.of(), text -> switch (text) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw new Malformed(name, name + " is true or false, not '" + text + "'");
        });
    }

    /** A whole number within bounds, both included. */
    public static Param<Long> number(String name, long least, long most, String summary) {
        String form = most == Long.MAX_VALUE ? "number from " + least : "number from " + least + " to " + most;
        return new Param<>(name, form, summary, false, Set.of(), text -> {
            try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Falls to the one sentence that says what a number here is.
            }
            throw new Malformed(name, name + " is a " + form + ", not '" + text + "'");
        });
    }

    /** A moment as RFC 3339 has it, such as {@code 2026-11-20T14:30:00Z}. */
    public static Param<Instant> moment(String name, String summary) {
        return new Param<>(name, "time", summary, false, Set.of(), text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new Malformed(name, name + " is a time such as 2026-11-20T14:30:00Z, not '" + text + "'");
            }
        });
    }

    /** A length of time within bounds, both included: a number and {@code s}, {@code m} or {@code h}. */
    public static Param<Duration> time(String name, Duration least, Duration most, String summary) {
        return new Param<>(name, "TIME", summary, false, Set.of(), text -> {
            Matcher matcher = LENGTH.matcher(text);
            if (matcher.matches()) {
                Duration length = UNITS.getOrDefault(matcher.group(2), Duration.ZERO)
                        .multipliedBy(Long.parseLong(matcher.group(1)));
                if (length.compareTo(least) >= 0 && length.compareTo(most) <= 0) {
                    return length;
                }
            }
            throw new Malformed(
                    name,
                    name + " is a time such as 30m or 8h, from " + least.toMinutes() + "m to " + most.toHours()
                            + "h, not '" + text + "'");
        });
    }

    /** The same, or {@code true} for a length that is usual, which is read as zero. */
    public static Param<Duration> timeOrUsual(String name, Duration least, Duration most, String summary) {
        Param<Duration> time = time(name, least, most, summary);
        return new Param<>(
                name,
                "TIME|true",
                summary,
                false,
                Set.of(),
                text -> text.isEmpty() || text.equals("true") ? Duration.ZERO : time.read(text));
    }

    /** A text of at most so many characters. */
    public static Param<String> text(String name, int longest, String summary) {
        return new Param<>(name, "text", summary, false, Set.of(), text -> bounded(name, text, longest));
    }

    /** A branch or a tag. */
    public static Param<Ref> ref(String name, int longest, String summary) {
        return new Param<>(
                name,
                "ref",
                summary,
                false,
                Set.of(),
                text -> Ref.parse(bounded(name, text, longest))
                        .orElseThrow(() -> new Malformed(
                                name, name + " is a branch or tag such as main or refs/tags/v1, not '" + text + "'")));
    }

    /** One of some words. */
    public static Param<String> oneOf(String name, List<String> words, String summary) {
        return new Param<>(name, String.join("|", words), summary, false, Set.of(), text -> {
            if (words.contains(text)) {
                return text;
            }
            String hint = Nearest.to(text, words)
                    .map(word -> ", did you mean '" + word + "'?")
                    .orElse("");
            throw new Malformed(name, name + " is one of " + String.join(", ", words) + ", not '" + text + "'" + hint);
        });
    }

    /** Any number of parameters {@code name.WORD=value}; read with {@link Request#words}. */
    public static Param<String> words(String name, int longest, String summary) {
        return new Param<>(name, "text", summary, true, Set.of(), text -> bounded(name, text, longest));
    }

    /** The same parameter, for those only who may do the verbs to the route's resource. */
    public Param<T> needing(Verb... verbs) {
        return new Param<>(name, form, summary, prefix, Set.of(verbs), reader);
    }

    /** The name, without the dot and word of a prefix. */
    public String name() {
        return name;
    }

    /** How it is written, for the list of routes. */
    public String usage() {
        return written() + "=" + form;
    }

    /** What stands before the equals sign. */
    String written() {
        return prefix ? name + ".NAME" : name;
    }

    /** What it does. */
    public String summary() {
        return summary;
    }

    Set<Verb> needs() {
        return needs;
    }

    boolean isPrefix() {
        return prefix;
    }

    boolean takes(String given) {
        return prefix ? given.startsWith(name + ".") && given.length() > name.length() + 1 : given.equals(name);
    }

    T read(String text) throws Malformed {
        return reader.read(text);
    }

    private static String bounded(String name, String text, int longest) throws Malformed {
        if (text.length() > longest) {
            throw new Malformed(name, name + " is longer than " + longest + " characters");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw new Malformed(name, name + " has a control character in it");
        }
        return text;
    }
}
