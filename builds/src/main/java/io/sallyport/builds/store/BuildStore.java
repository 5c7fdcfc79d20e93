package io.sallyport.builds.store;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.source.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The records of builds. What a changing method has returned is on disk. Builds of a removed project are not found.
 * All methods may be called from any thread.
 */
public interface BuildStore {
    /** Records a new build in state queued. With an idempotency key that is known, answers the build that has it. */
    Inserted insert(NewBuild build);

    /** The build with its jobs. */
    Optional<Build> build(long id);

    /** The number of the project that a build belongs to, also when that has been removed. The build exists. */
    long projectOf(long id);

    /** Newest first, as the query selects. */
    List<Build> list(BuildQuery query);

    /**
     * When somebody has submitted their latest build of a project ({@code latest} 1), the one before it (2), and so on;
     * empty when they have submitted fewer.
     */
    Optional<Instant> submitted(Project project, String by, int latest);

    /** How many builds of a project somebody has submitted that have not ended. */
    int unfinished(Project project, String by);

    /** Builds that have not ended, oldest first: what a restart finds. */
    List<Build> unfinished();

    /** The spec's file name and text, as it was when the build was accepted. */
    Optional<SpecText> spec(long id);

    /**
     * Takes a build to another state.
     *
     * @throws IllegalStateException when the step is not allowed from the state it is in: a bug
     */
    Build move(long id, BuildState to, Optional<String> reason, Instant when);

    /**
     * Takes a build to its end together with the evidence of it: either both are recorded or none.
     *
     * @throws IllegalStateException when the state is no end, or not allowed from the one it is in: a bug
     */
    Build end(long id, BuildState to, Optional<String> reason, Instant when, Optional<Evidence> evidence);

    /** The evidence that a build has ended with; empty when there is none. */
    Optional<Evidence> evidence(long id);

    /** Puts a build whose gateway went down back into the queue. */
    Build requeue(long id, boolean countRestart);

    /** Records on whose word a build is to end. The first one stays. */
    void markCanceled(long id, String by, Optional<String> reason);

    /** Replaces the record of the job of that name. */
    void putJob(long id, Job job);

    /** Records the artifacts of a job, in place of any earlier ones of that job. */
    void putArtifacts(long id, String job, List<Artifact> artifacts);

    /** All artifacts, in the order of their paths. */
    List<Artifact> artifacts(long id);

    /** One artifact. */
    Optional<Artifact> artifact(long id, String path);

    /**
     * What is to be recorded.
     *
     * @param project it belongs to
     * @param request of the submitter
     * @param submittedBy whose it is
     * @param trusted see {@link Build}
     * @param source already durable
     * @param spec that was read from the source
     * @param jobs of the plan, all queued
     * @param created now
     */
    record NewBuild(
            Project project,
            BuildRequest request,
            String submittedBy,
            boolean trusted,
            Source source,
            SpecText spec,
            List<Job> jobs,
            Instant created) {}

    /**
     * A spec as found in a source.
     *
     * @param file its name there
     * @param text its content
     */
    record SpecText(String file, String text) {}

    /**
     * A build that is on disk.
     *
     * @param build the record
     * @param fresh false when an earlier submission with the same key has made it
     */
    record Inserted(Build build, boolean fresh) {}
}
