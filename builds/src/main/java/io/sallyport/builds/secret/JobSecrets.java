package io.sallyport.builds.secret;

import io.sallyport.builds.mask.Mask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The secrets that a job is given, opened. Says nothing of them as text. */
public final class JobSecrets {
    /** A job that is given none. */
    public static final JobSecrets NONE = new JobSecrets(Map.of(), Map.of(), Map.of(), List.of(), Mask.NONE);

    private final Map<String, String> variables;
    private final Map<String, String> plain;
    private final Map<String, byte[]> files;
    private final List<Withheld> withheld;
    private final Mask mask;

    JobSecrets(
            Map<String, String> variables,
            Map<String, String> plain,
            Map<String, byte[]> files,
            List<Withheld> withheld,
            Mask mask) {
        this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        this.plain = Collections.unmodifiableMap(new LinkedHashMap<>(plain));
        this.files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        this.withheld = List.copyOf(withheld);
        this.mask = mask;
    }

    /** A secret that the job is not given. */
    public sealed interface Withheld {
        /** Its name. */
        String name();

        /** It is for trusted builds, and this is none. */
        record Protected(String name) implements Withheld {}

        /** The submitter has given a variable of that name, which comes before it. */
        record Overridden(String name) implements Withheld {}
    }

    /** Values by the names of variables, which are before those of the spec. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Those of the variables that are not masked, so that they may be part of what everybody sees: names and paths. */
    public Map<String, String> plain() {
        return plain;
    }

    /** Contents of files by the names of variables that are to have their paths; not to be changed. */
    public Map<String, byte[]> files() {
        return files;
    }

    /** Those that are not given, in the order of their names. */
    public List<Withheld> withheld() {
        return withheld;
    }

    /** Hides the values of those that are given and masked; of others it must not tell whether a guess is right. */
    public Mask mask() {
        return mask;
    }
}
