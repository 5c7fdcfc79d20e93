package io.sallyport.builds.outward;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A report as its record has it: somebody outside who is told of the states of a project's builds.
 *
 * @param id never used twice
 * @param projectId the number of its project
 * @param project the name of that
 * @param name unique in the project
 * @param version rising with each time that it is written
 * @param settings as somebody has written them
 * @param secret the project's secret that is its token; empty when it has a token of its own
 * @param written when
 * @param writtenBy the identity that has
 * @param waiting how many states wait to be sent
 * @param course what came of it until now
 */
public record Report(
        long id,
        long projectId,
        String project,
        String name,
        long version,
        ReportSettings settings,
        Optional<String> secret,
        Instant written,
        String writtenBy,
        int waiting,
        Course course) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /**
     * Something that people should know.
     *
     * @param build it is about; empty when it is about none alone
     */
    public record Note(Instant at, OptionalLong build, String words) {}

    /**
     * What came of a report.
     *
     * @param failures tries in a row that have failed
     * @param retry when it is tried next; empty when nothing has to wait
     * @param problem why the last try failed; empty when it did not
     * @param sent the last state that was taken
     * @param failed the last state that was given up, since it was written
     * @param skipped the last build that there was nothing to report of, since it was written
     */
    public record Course(
            int failures,
            Optional<Instant> retry,
            Optional<Note> problem,
            Optional<Note> sent,
            Optional<Note> failed,
            Optional<Note> skipped) {}

    /**
     * Whether the text can be the name of a report: 1 to 64 lower-case letters a to z, digits, dots, underscores and
     * dashes, beginning with a letter or digit.
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
