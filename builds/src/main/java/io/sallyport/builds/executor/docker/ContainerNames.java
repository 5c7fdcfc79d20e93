package io.sallyport.builds.executor.docker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What containers of jobs are called: by it that of a run is found again whose labels were written before there was a run.
 *
 * @param gateway the gateway's name
 */
record ContainerNames(String gateway) {
    /** Stands where others have the name of their run, which begins with a digit. */
    private static final String READY = "ready";

    private static final int BYTES = 6;
    private static final Pattern REST = Pattern.compile("(.+)-[0-9a-f]{" + 2 * BYTES + "}");

    /** For something of a run that nobody else has. */
    String of(String run, Chance chance) {
        return prefix() + run + "-" + chance.letters(BYTES);
    }

    /** For a container that has no run yet. */
    String ready(Chance chance) {
        return of(READY, chance);
    }

    /** For a container that an image is made from. */
    String image(Chance chance) {
        return of("image", chance);
    }

    private String prefix() {
        return "sallyport-" + gateway + "-";
    }

    /** The run that a name, as the engine lists it, was made for; empty when there is none. */
    Optional<String> run(String name) {
        String plain = name.startsWith("/") ? name.substring(1) : name;
        if (!plain.startsWith(prefix())) {
            return Optional.empty();
        }
        Matcher matcher = REST.matcher(plain.substring(prefix().length()));
        return matcher.matches() && !matcher.group(1).equals(READY) ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
