package io.sallyport.builds.outward;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a state has been taken, and what becomes of one that has not. */
sealed interface Verdict {
    /** It has; {@code words} say how. */
    record Taken(String words) implements Verdict {}

    /** It may be taken later: as often as any. {@code asked} is how long the receiver asks to be left alone. */
    record Later(String words, Optional<Duration> asked) implements Verdict {}

    /** It was refused, perhaps because something was not there yet: that is soon known. */
    record Refused(String words) implements Verdict {}

    /** Trying again does not help until somebody changes something. */
    record Hopeless(String words) implements Verdict {}

    /** What an answer means. */
    static Verdict of(ReportKind kind, Reply reply, Instant now) {
        return switch (reply) {
            case Reply.Forbidden forbidden -> new Hopeless(forbidden.words());
            case Reply.Failed failed -> new Later(failed.words(), Optional.empty());
            case Reply.Answered answered -> Answer.judge(kind, answered, now);
        };
    }

    /** Judges answers of HTTP (RFC 9110). */
    final class Answer {
        private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
        private static final Pattern SINCE_1970 = Pattern.compile("\\d{1,11}");

        private Answer() {}

        private static Verdict judge(ReportKind kind, Reply.Answered answer, Instant now) {
            int status = answer.status();
            String words = "answered " + status;
            Optional<Duration> wait = wait(answer, now);
            return switch (status / 100) {
                case 2 -> new Taken(words);
                case 3 -> new Hopeless(words + ": redirects are not followed, give the address where it is");
                case 4 ->
                    switch (status) {
                        case 408, 425, 429 -> new Later(words, wait);
                        case 401 -> new Hopeless(words + ": the token is not accepted");
                        case 403 ->
                            wait.isPresent()
                                    ? new Later(words, wait)
                                    : new Hopeless(words + ": the token may not do that");
                        case 400 ->
                            kind == ReportKind.GITLAB && answer.body().contains("Cannot transition status")
                                    ? new Taken(words + ": it has that state, or a later one, already")
                                    : new Refused(words);
                        case 404 -> new Refused(words + ": no such repository or commit, or the token may not see it");
                        case 422 -> new Refused(words + ": perhaps there is no such commit");
                        default -> new Refused(words);
                    };
                default -> new Later(words, wait);
            };
        }

        /** Not before now; however long it is. */
        private static Optional<Duration> wait(Reply.Answered answer, Instant now) {
            return answer.retryAfter()
                    .map(String::strip)
                    .flatMap(text -> SECONDS.matcher(text).matches()
                            ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                            : date(text).map(date -> Duration.between(now, date)))
                    .or(() -> answer.rateReset()
                            .filter(text -> SINCE_1970.matcher(text).matches())
                            .map(text -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text)))))
                    .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
        }

        private static Optional<Instant> date(String text) {
            try {
                return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }
}
