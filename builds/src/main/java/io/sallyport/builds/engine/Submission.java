package io.sallyport.builds.engine;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Project;

/**
 * A build that somebody wants.
 *
 * @param project it is for
 * @param submittedBy who wants it
 * @param trusted see {@link io.sallyport.builds.Build}
 * @param request what they say about it
 */
public record Submission(Project project, String submittedBy, boolean trusted, BuildRequest request) {}
