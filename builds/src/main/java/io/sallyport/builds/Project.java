package io.sallyport.builds;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A project: the owner of builds.
 *
 * @param id never used twice, so that a name made anew is another project
 * @param name of one or more segments, parted by {@code /}
 * @param settings as an administrator has set them
 * @param created when
 * @param paused why no job of it is started; empty when they are
 */
public record Project(long id, String name, ProjectSettings settings, Instant created, Optional<Pause> paused) {
    private static final int LONGEST_NAME = 100;
    private static final String SEGMENT = "[a-z0-9][a-z0-9._-]*";
    private static final Pattern NAME = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*");

    /** Whether a project may have this name: lower-case letters, digits, dots, dashes, underscores; 1 to 100 long. */
    public static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }
}
