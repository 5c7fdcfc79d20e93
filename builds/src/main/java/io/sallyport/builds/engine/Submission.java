package io.sallyport.builds.engine;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Project;
import io.sallyport.builds.source.Sender;
import io.sallyport.builds.store.BuildStore;
import java.util.function.Predicate;

/**
 * A build that somebody wants.
 *
 * @param project it is for
 * @param submittedBy who wants it
 * @param trusted see {@link io.sallyport.builds.Build}
 * @param request what they say about it
 * @param supersedable which older builds it may take the place of, as far as that is for the submitter to say; asked on
 *     the database's thread, and must not wait
 * @param seesAll whether the submitter may see all builds of the project, and not their own alone
 * @param fetching asked when the source is fetched from a repository, or made
 */
public record Submission(
        Project project,
        String submittedBy,
        boolean trusted,
        BuildRequest request,
        Predicate<BuildStore.Older> supersedable,
        boolean seesAll,
        Fetching fetching) {
    /** A build whose source comes whole. */
    public Submission(
            Project project,
            String submittedBy,
            boolean trusted,
            BuildRequest request,
            Predicate<BuildStore.Older> supersedable) {
        this(project, submittedBy, trusted, request, supersedable, false, Fetching.NONE);
    }

    /** The same with another request. */
    Submission with(BuildRequest other) {
        return new Submission(project, submittedBy, trusted, other, supersedable, seesAll, fetching);
    }

    /** Who sends its source. */
    Sender sender() {
        return new Sender(submittedBy, seesAll, fetching::more);
    }
}
