package io.sallyport.builds.spec;

import java.util.Set;

/** Keys of GitLab CI that authors of specs know and that mean nothing here so far. */
final class LaterKeys {
    private static final Set<String> KNOWN_ELSEWHERE = Set.of(
            "after_script",
            "allow_failure",
            "before_script",
            "cache",
            "coverage",
            "default",
            "dependencies",
            "environment",
            "except",
            "exclude",
            "expire_in",
            "extends",
            "include",
            "inherit",
            "interruptible",
            "name",
            "needs",
            "only",
            "parallel",
            "release",
            "reports",
            "resource_group",
            "retry",
            "rules",
            "secrets",
            "services",
            "stage",
            "stages",
            "tags",
            "trigger",
            "untracked",
            "when",
            "workflow");

    private LaterKeys() {}

    /** Whether the key is a word of the language, though none that is supported. */
    static boolean has(String key) {
        return KNOWN_ELSEWHERE.contains(key);
    }
}
