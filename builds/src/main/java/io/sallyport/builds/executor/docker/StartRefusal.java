package io.sallyport.builds.executor.docker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a container cannot run its first program: the end of what an engine, or a Swarm, says of it. Before that they tell
 * which of their parts has told which.
 *
 * @param program that was to run, such as {@code /bin/sh}
 * @param words on it, such as {@code exec: "/bin/sh": stat /bin/sh: no such file or directory}
 */
record StartRefusal(String program, String words) {
    private static final Pattern FORM = Pattern.compile("exec: \"(?<program>[^\"]*)\": [^\\n]*");
    private static final String END = ": unknown";

    /** Empty for a refusal of another kind. */
    static Optional<StartRefusal> of(String said) {
        Matcher matcher = FORM.matcher(said);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String words = matcher.group();
        return Optional.of(new StartRefusal(
                matcher.group("program"),
                words.endsWith(END) ? words.substring(0, words.length() - END.length()) : words));
    }
}
