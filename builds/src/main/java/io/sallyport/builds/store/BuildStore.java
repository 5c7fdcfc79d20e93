package io.sallyport.builds.store;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * The records of builds. What a changing method has returned is on disk. Builds of a removed project are not found.
 * All methods may be called from any thread.
 */
public interface BuildStore {
    /** Records a new build in state queued. With an idempotency key that is known, answers the build that has it. */
    Inserted insert(NewBuild build);

    /**
     * The same with a build that takes over jobs of an older one, unless that has lost more artifacts since.
     *
     * @param old the one it repeats
     * @param bare what {@link #bareJobs} said when it was decided which jobs are taken over
     * @return empty when it says something else now, and nothing is recorded: it is to be decided again
     */
    Optional<Inserted> insertRepeated(NewBuild build, long old, Set<String> bare);

    /** The build with its jobs. */
    Optional<Build> build(long id);

    /** The same, also of a removed project: what has begun must be able to end. */
    Optional<Build> recorded(long id);

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

    /** Builds that have begun and not ended, oldest first, at most so many. */
    List<Build> running(int limit);

    /** The spec's file name and text, as it was when the build was accepted. */
    Optional<SpecText> spec(long id);

    /**
     * Takes a build that waits to where its jobs run, and jobs with it as {@link #put} does: all or nothing.
     *
     * @throws IllegalStateException when the build does not wait, or a step is not allowed: a bug
     */
    Build begin(long id, List<JobUpdate> updates, Instant when);

    /**
     * Takes a build to its end together with the evidence of it: either both are recorded or none.
     *
     * @throws IllegalStateException when the state is no end, or not allowed from the one it is in: a bug
     */
    Build end(long id, BuildState to, Optional<String> reason, Instant when, Optional<Evidence> evidence);

    /** The evidence that a build has ended with; empty when there is none. */
    Optional<Evidence> evidence(long id);

    /** Says why a build that has not ended is where it is; nothing when there is nothing to say. */
    void note(long id, Optional<String> reason);

    /** Records on whose word a build is to end. The first one stays. */
    void markCanceled(long id, String by, Optional<String> reason);

    /** What the build is to do, as it was resolved when it was accepted; empty of one that was recorded without. */
    Optional<Plan> plan(long id);

    /**
     * Takes jobs to other states, all or none, with what those that have ended have left, in place of anything that an
     * earlier attempt has left.
     *
     * @throws IllegalStateException when a step is not allowed from the state that a job is in: a bug
     */
    void put(long id, List<JobUpdate> updates);

    /** What all jobs have left, in the order of the paths; of files with the same path that of the last job first. */
    List<Artifact> artifacts(long id);

    /**
     * The artifact that stands at a path: that of the last job in the order of the plan. None where such a later job has
     * left a folder at the path, or a file at one above it; see {@link VisibleArtifacts}.
     */
    Optional<Artifact> artifact(long id, String path);

    /** What a job has left at a path. */
    Optional<Artifact> artifact(long id, String job, String path);

    /** Jobs of a build whose artifacts were removed, because they are not kept any longer. */
    Set<String> bareJobs(long id);

    /** The variables that jobs have left for later ones, those of later jobs in place of earlier ones. */
    SortedMap<String, String> variables(long id, Collection<String> jobs);

    /**
     * What is to be recorded.
     *
     * @param project it belongs to
     * @param request of the submitter
     * @param submittedBy whose it is
     * @param trusted see {@link Build}
     * @param source already durable
     * @param spec that was read from the source
     * @param plan what it is to do
     * @param jobs of the plan in its order, all queued but those taken over from the build that it repeats
     * @param supersedable whether it may be superseded; asked on the database's thread, and must not wait
     * @param created now
     */
    record NewBuild(
            Project project,
            BuildRequest request,
            String submittedBy,
            boolean trusted,
            Source source,
            SpecText spec,
            Plan plan,
            List<Job> jobs,
            Predicate<Older> supersedable,
            Instant created) {}

    /**
     * An unfinished build that a newer one would supersede.
     *
     * @param submittedBy whose it is
     * @param ref it is of
     */
    record Older(String submittedBy, Optional<String> ref) {}

    /**
     * A job to be recorded anew.
     *
     * @param place in its plan, from 0
     * @param job its record
     * @param left what it has left; there when it has ended by itself
     */
    record JobUpdate(int place, Job job, Optional<Left> left) {}

    /**
     * What a job has left.
     *
     * @param artifacts files
     * @param variables for later jobs
     * @param expireIn how long the files are kept when the build has ended; empty as the project has it
     */
    record Left(List<Artifact> artifacts, SortedMap<String, String> variables, Optional<Duration> expireIn) {
        /** Files that are kept as long as the project has it, and variables. */
        public Left(List<Artifact> artifacts, SortedMap<String, String> variables) {
            this(artifacts, variables, Optional.empty());
        }

        /** Nothing. */
        public static final Left NOTHING = new Left(List.of(), Collections.emptySortedMap());

        /** Of all its files. */
        public long bytes() {
            return artifacts.stream().mapToLong(file -> file.blob().bytes()).sum();
        }
    }

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
     * @param superseded older builds that are recorded as superseded by it, and are to be told
     */
    record Inserted(Build build, boolean fresh, List<Superseded> superseded) {}

    /**
     * An older build that is not wanted any more.
     *
     * @param build its number
     * @param whole whether all of it is to end, not only the jobs that may be interrupted
     */
    record Superseded(long build, boolean whole) {}
}
