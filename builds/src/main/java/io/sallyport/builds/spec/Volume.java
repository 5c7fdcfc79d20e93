package io.sallyport.builds.spec;

import io.sallyport.builds.plan.Work;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;
import java.util.List;
import java.util.Map;

/** How large a plan becomes: a template counts as often as it is used. */
final class Volume {
    /** The most characters of the scripts and variables of all jobs together. */
    static final long MOST = 16L << 20;

    private long characters;

    /**
     * Counts a job.
     *
     * @throws Halt when they are too much
     */
    void add(Place place, Map<String, Variable> variables, Work work) {
        variables.forEach((name, variable) ->
                characters += name.length() + variable.value().length());
        characters += length(work.script()) + length(work.afterScript());
        if (characters > MOST) {
            throw new Halt(place, "scripts and variables of all jobs have more than " + MOST + " characters");
        }
    }

    private static long length(List<String> lines) {
        return lines.stream().mapToLong(String::length).sum() + lines.size();
    }
}
