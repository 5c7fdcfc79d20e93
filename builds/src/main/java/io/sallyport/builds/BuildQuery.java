package io.sallyport.builds;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which builds to list, newest first.
 *
 * @param projects the names of the projects of which the reader may see all builds, and asks for
 * @param own of which further projects the reader sees only what they have submitted themselves
 * @param state only builds in it
 * @param ref only builds of it
 * @param labels only builds that have all of them
 * @param before only builds with a smaller id
 * @param limit at most this many, from 1
 */
public record BuildQuery(
        Collection<String> projects,
        Optional<Own> own,
        Optional<BuildState> state,
        Optional<String> ref,
        Map<String, String> labels,
        OptionalLong before,
        int limit) {
    /** A query for builds of whomever. */
    public BuildQuery(
            Collection<String> projects,
            Optional<BuildState> state,
            Optional<String> ref,
            Map<String, String> labels,
            OptionalLong before,
            int limit) {
        this(projects, Optional.empty(), state, ref, labels, before, limit);
    }

    /**
     * What one has submitted oneself.
     *
     * @param projects of these
     * @param submittedBy by them
     */
    public record Own(Collection<String> projects, String submittedBy) {}
}
