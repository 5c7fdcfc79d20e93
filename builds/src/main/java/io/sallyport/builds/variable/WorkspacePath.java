package io.sallyport.builds.variable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths of the workspace of a job, and the path of it, which only the executor knows. */
public final class WorkspacePath {
    /** The variable that has it. */
    public static final String VARIABLE = "CI_PROJECT_DIR";

    /** Stands for it in values, until the executor puts it in. */
    public static final String LATER = "${CI_PROJECT_DIR}";

    private static final String SHORT = "$CI_PROJECT_DIR";
    private static final int LONGEST = 1024;
    private static final String EVERYTHING = "**";

    private WorkspacePath() {}

    /** A value with the path in it, which the executor knows. */
    public static String known(String value, String path) {
        return value.replace(LATER, path);
    }

    /** A path that begins at the workspace's, as one within it; any other path as it is. */
    public static String relative(String path) {
        for (String prefix : List.of(LATER, SHORT)) {
            if (path.equals(prefix) || path.startsWith(prefix + "/")) {
                return "." + path.substring(prefix.length());
            }
        }
        return path;
    }

    /** Why a path cannot be one within the workspace; empty when it can. */
    public static Optional<String> fault(String path) {
        if (path.isBlank()) {
            return Optional.of("is empty");
        }
        if (path.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        if (path.startsWith("/")) {
            return Optional.of("is absolute; paths begin in the workspace");
        }
        if (List.of(path.split("/")).contains("..")) {
            return Optional.of("has '..' in it; paths stay inside the workspace");
        }
        return Optional.empty();
    }

    /** Without dots and slashes that mean nothing; the workspace itself means everything in it. */
    public static String normal(String path) {
        List<String> names = new ArrayList<>(List.of(path.split("/")));
        names.removeIf(name -> name.isEmpty() || name.equals("."));
        return names.isEmpty() ? EVERYTHING : String.join("/", names);
    }
}
