package io.sallyport.builds.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A schedule as its record has it.
 *
 * @param id never used twice
 * @param project the name of its project
 * @param name unique in the project
 * @param settings as its owner has written them
 * @param owner the identity that has written it, in whose name its builds are submitted
 * @param written when
 * @param due the time for which the next build is made; empty while it is paused or not enabled
 * @param paused why it makes no builds until somebody writes it anew
 * @param last the build that it made last
 * @param problem why no build was made the last time that one was due; empty when one was
 */
public record Schedule(
        long id,
        String project,
        String name,
        ScheduleSettings settings,
        String owner,
        Instant written,
        Optional<Instant> due,
        Optional<Note> paused,
        Optional<Made> last,
        Optional<Note> problem) {
    /** What the idempotency keys of scheduled builds begin with; nobody else may use such. */
    public static final String KEY = "schedule:";

    /** The label of scheduled builds that has the name of the schedule. */
    public static final String LABEL = "schedule";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** Something that people should know, since when. */
    public record Note(Instant at, String words) {}

    /** A build that was made, and for which time. */
    public record Made(long build, Instant due) {}

    /**
     * Whether the text can be the name of a schedule: 1 to 64 lower-case letters a to z, digits, dots, underscores and
     * dashes, beginning with a letter or digit.
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The next times that it is due, the first {@code count} of them; none while it is paused or not enabled. */
    public List<Instant> next(int count) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> time = due;
        while (time.isPresent() && times.size() < count) {
            times.add(time.get());
            time = time.map(settings.cron()::next);
        }
        return times;
    }

    /** The key under which the build for a time is made, so that it is made once. */
    String key(Instant time) {
        return KEY + name + ":" + time;
    }
}
