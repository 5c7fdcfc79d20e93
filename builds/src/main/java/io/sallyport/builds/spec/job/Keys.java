package io.sallyport.builds.spec.job;

import io.sallyport.builds.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keywords of the language. */
public final class Keys {
    /** At the top of a spec, besides jobs. */
    public static final List<String> TOP = List.of(
            "default",
            "include",
            "stages",
            "variables",
            "workflow",
            "image",
            "services",
            "before_script",
            "after_script",
            "cache");

    /** Keywords at the top that stand for the same in {@code default}. */
    static final List<String> OLD_DEFAULTS = List.of("image", "services", "before_script", "after_script", "cache");

    /** What {@code default} may have. */
    static final List<String> DEFAULTS = List.of(
            "after_script",
            "artifacts",
            "before_script",
            "cache",
            "hooks",
            "id_tokens",
            "identity",
            "image",
            "interruptible",
            "retry",
            "services",
            "tags",
            "timeout");

    /** Of a job, those that mean something. */
    private static final List<String> MEANING = List.of(
            "after_script",
            "allow_failure",
            "artifacts",
            "before_script",
            "cache",
            "coverage",
            "dependencies",
            "environment",
            "except",
            "extends",
            "image",
            "inherit",
            "interruptible",
            "needs",
            "only",
            "parallel",
            "ports",
            "resource_group",
            "retry",
            "rules",
            "run",
            "script",
            "services",
            "stage",
            "start_in",
            "tags",
            "timeout",
            "trigger",
            "variables",
            "when");

    /** Of a job, those that change nothing here, and why. */
    static final Map<String, String> IGNORED = Map.of(
            "dast_configuration", "no site is scanned",
            "hooks", "sources are not fetched by the job",
            "id_tokens", "no tokens are made; the variable is not there",
            "identity", "no identity is taken on",
            "inputs", "a job takes no inputs",
            "manual_confirmation", "nobody is asked again",
            "pages", "no pages are published; artifacts keep the files",
            "publish", "no pages are published; artifacts keep the files",
            "release", "no release is made",
            "secrets", "no secrets of other services are fetched");

    /** Of a job, all. */
    static final List<String> JOB =
            Stream.concat(MEANING.stream(), IGNORED.keySet().stream().sorted()).toList();

    private Keys() {}

    /** Whether a key that is none of this language is most likely that one of a job, mistyped. */
    public static boolean isMeant(String key, String written) {
        return !TOP.contains(written)
                && !isOfJob(written)
                && Nearest.to(written, JOB).equals(Optional.of(key))
                && Nearest.slip(written, TOP).isEmpty();
    }

    /** Whether a job can have it. */
    public static boolean isOfJob(String key) {
        return JOB.contains(key);
    }
}
