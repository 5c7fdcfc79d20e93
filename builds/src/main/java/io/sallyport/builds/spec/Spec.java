package io.sallyport.builds.spec;

import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.Globals;
import java.util.List;

/**
 * A spec with all its parts put together, before it is decided what of it is part of a build.
 *
 * @param globals what it says for all jobs
 * @param jobs that it has, as written
 * @param open whether files are included that cannot be followed
 */
record Spec(Globals globals, List<Draft> jobs, boolean open) {}
