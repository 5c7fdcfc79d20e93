package io.sallyport.builds.engine;

import java.util.regex.Pattern;

/** What somebody can type to go on, as logs and answers say it. */
final class NextCommand {
    /** What a shell takes as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+-]+");

    private NextCommand() {}

    /** Starts a job that waits for somebody. */
    static String start(long build, String job) {
        return ssh("start " + build + " ", job);
    }

    /** Builds a job of an ended build. */
    static String retry(long build, String job) {
        return ssh("retry " + build + " jobs=", job);
    }

    /** The gateway splits the words as a shell would, after the caller's own shell has done so. */
    private static String ssh(String words, String job) {
        return PLAIN.matcher(job).matches()
                ? "ssh HOST " + words + job
                : "ssh HOST " + quoted(words + quoted(job, '\''), '"');
    }

    private static String quoted(String text, char by) {
        return by == '\''
                ? "'" + text.replace("'", "'\\''") + "'"
                : '"' + text.replaceAll("([\\\\\"$`])", "\\\\$1") + '"';
    }
}
