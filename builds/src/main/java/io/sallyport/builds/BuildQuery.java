package io.sallyport.builds;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which builds to list, newest first.
 *
 * @param projects the names of the projects that the reader may see and asks for
 * @param state only builds in it
 * @param ref only builds of it
 * @param labels only builds that have all of them
 * @param before only builds with a smaller id
 * @param limit at most this many, from 1
 */
public record BuildQuery(
        Collection<String> projects,
        Optional<BuildState> state,
        Optional<String> ref,
        Map<String, String> labels,
        OptionalLong before,
        int limit) {}
