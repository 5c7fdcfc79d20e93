package io.sallyport.builds.engine;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a spec is to be checked for, without a build.
 *
 * @param ref the branch or tag that a build would be of
 * @param variables that its submitter would give
 * @param file of a text, its name, which tells the language; of a source, the file that is the spec instead of the usual
 *     ones
 */
public record SpecQuestion(Optional<String> ref, SortedMap<String, String> variables, Optional<String> file) {
    /** Keeps the map from changing. */
    public SpecQuestion {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }
}
