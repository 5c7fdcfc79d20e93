package io.sallyport.builds.secret;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be known of a secret: all but its value.
 *
 * @param name of the variable by which jobs get it
 * @param rules how they get it
 * @param hidden whether its value is hidden in logs: its rules say so, and it is not too short for that
 * @param version from 1, rising with each change
 * @param atMost bytes that its value has at most: a coarse figure
 * @param created when
 * @param updated when its value was put last
 * @param updatedBy the identity that did
 */
public record Secret(
        String name,
        Rules rules,
        boolean hidden,
        int version,
        int atMost,
        Instant created,
        Instant updated,
        String updatedBy) {
    /** The name of what no job is given: credentials for repositories, which the gateway itself shows to them. */
    public static final String GIT_CREDENTIALS = "GIT_CREDENTIALS";

    private static final int LONGEST_NAME = 255;
    private static final int LEAST_SIZE = 64;
    private static final int SIZE_STEP = 4;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern OF_THE_GATEWAY = Pattern.compile("CI|CI_.*|SALLYPORT_.*");

    /**
     * How jobs get a secret.
     *
     * @param protectedOnly whether only trusted builds do
     * @param file whether the variable has the path of a file that holds the value
     * @param masked whether the value is to be hidden in logs
     */
    public record Rules(boolean protectedOnly, boolean file, boolean masked) {
        /** For all builds, in the variable itself, hidden in logs. */
        public static final Rules USUAL = new Rules(false, false, true);

        int bits() {
            return (protectedOnly ? 1 : 0) | (file ? 2 : 0) | (masked ? 4 : 0);
        }
    }

    /**
     * Rules that are to change; what is absent stays as it is.
     *
     * @param protectedOnly the same as in {@link Rules}
     * @param file the same
     * @param masked the same
     */
    public record RulesChange(Optional<Boolean> protectedOnly, Optional<Boolean> file, Optional<Boolean> masked) {
        Rules of(Rules before) {
            return new Rules(
                    protectedOnly.orElse(before.protectedOnly()),
                    file.orElse(before.file()),
                    masked.orElse(before.masked()));
        }
    }

    /** The same, with a value that is too short to be hidden in logs. */
    Secret unhidden() {
        return new Secret(name, rules, false, version, atMost, created, updated, updatedBy);
    }

    /** Whether a secret may have this name: that of a variable, 255 characters at most, and none of the gateway's own. */
    public static boolean isName(String name) {
        return name.length() <= LONGEST_NAME
                && NAME.matcher(name).matches()
                && !OF_THE_GATEWAY.matcher(name).matches();
    }

    /** 64, 256, 1024 and so on: that much is told of a length. */
    static int atMost(int bytes) {
        int size = LEAST_SIZE;
        while (size < bytes) {
            size *= SIZE_STEP;
        }
        return size;
    }
}
