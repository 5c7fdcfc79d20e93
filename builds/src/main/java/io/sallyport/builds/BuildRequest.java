package io.sallyport.builds;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a submitter says about a build besides its source.
 *
 * @param ref branch, by its name alone, or tag, as {@code refs/tags/NAME}
 * @param commit id, as the submitter names it
 * @param labels to find builds by
 * @param variables given to the script
 * @param specFile the file of the source to read as spec, instead of the usual names
 * @param priority among the builds of its project; higher is sooner, 0 is usual
 * @param idempotencyKey the same key gives the same build, within a project
 * @param retryOf the build that this one repeats
 * @param jobs which jobs only, as asked for: their names, or {@code failed} or {@code all} of a build that is repeated
 * @param supersede older builds of the project and ref with the same key are not wanted any more
 * @param keepFailed how long jobs that fail are kept for somebody to look at; zero for as long as is usual
 */
public record BuildRequest(
        Optional<String> ref,
        Optional<String> commit,
        SortedMap<String, String> labels,
        SortedMap<String, String> variables,
        Optional<String> specFile,
        int priority,
        Optional<String> idempotencyKey,
        Optional<Long> retryOf,
        Optional<String> jobs,
        Optional<String> supersede,
        Optional<Duration> keepFailed) {
    /** A request after which no job is kept. */
    public BuildRequest(
            Optional<String> ref,
            Optional<String> commit,
            SortedMap<String, String> labels,
            SortedMap<String, String> variables,
            Optional<String> specFile,
            int priority,
            Optional<String> idempotencyKey,
            Optional<Long> retryOf,
            Optional<String> jobs,
            Optional<String> supersede) {
        this(
                ref,
                commit,
                labels,
                variables,
                specFile,
                priority,
                idempotencyKey,
                retryOf,
                jobs,
                supersede,
                Optional.empty());
    }

    /** A request for all jobs, which takes no other build's place by its word. */
    public BuildRequest(
            Optional<String> ref,
            Optional<String> commit,
            SortedMap<String, String> labels,
            SortedMap<String, String> variables,
            Optional<String> specFile,
            int priority,
            Optional<String> idempotencyKey,
            Optional<Long> retryOf) {
        this(
                ref,
                commit,
                labels,
                variables,
                specFile,
                priority,
                idempotencyKey,
                retryOf,
                Optional.empty(),
                Optional.empty());
    }

    /** Keeps the maps from changing. */
    public BuildRequest {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /** The same request for a build that repeats another one, or only these jobs of it. */
    public BuildRequest retrying(long build, Optional<String> which, Optional<Duration> keep) {
        return new BuildRequest(
                ref,
                commit,
                labels,
                variables,
                specFile,
                priority,
                Optional.empty(),
                Optional.of(build),
                which,
                Optional.empty(),
                keep);
    }

    /** The same request for what was fetched; the ref that the submitter named stays. */
    public BuildRequest fetched(Optional<String> found, String whole) {
        return new BuildRequest(
                ref.or(() -> found),
                Optional.of(whole),
                labels,
                variables,
                specFile,
                priority,
                idempotencyKey,
                retryOf,
                jobs,
                supersede);
    }

    /** The same request with the commit that the source itself names, unless the submitter named one. */
    public BuildRequest withCommit(Optional<String> found) {
        return new BuildRequest(
                ref,
                commit.or(() -> found),
                labels,
                variables,
                specFile,
                priority,
                idempotencyKey,
                retryOf,
                jobs,
                supersede,
                keepFailed);
    }
}
