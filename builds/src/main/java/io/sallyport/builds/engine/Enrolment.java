package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.variable.Expansion;
import io.sallyport.builds.variable.PredefinedVariables;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a plan to a recorded build. */
final class Enrolment {
    private final EngineParts parts;

    Enrolment(EngineParts parts) {
        this.parts = parts;
    }

    /** Records a build of all jobs of a plan. */
    Submitted insert(Submission submission, Source source, BuildStore.SpecText spec, Plan plan) {
        List<Job> jobs =
                plan.jobs().stream().map(job -> queued(submission, job)).toList();
        return accepted(submission, parts.builds().insert(build(submission, source, spec, plan, jobs)));
    }

    /**
     * Records a build that repeats an older one.
     *
     * @return empty when the older one has lost artifacts since it was decided what is taken over from it
     */
    Optional<Submitted> insert(
            Submission submission, Build old, BuildStore.SpecText spec, Repetition.Possible repetition) {
        BuildStore.NewBuild build = build(submission, old.source(), spec, repetition.plan(), repetition.jobs());
        return parts.builds()
                .insertRepeated(build, old.id(), repetition.bare())
                .map(inserted -> accepted(submission, inserted));
    }

    private BuildStore.NewBuild build(
            Submission submission, Source source, BuildStore.SpecText spec, Plan plan, List<Job> jobs) {
        return new BuildStore.NewBuild(
                submission.project(),
                submission.request(),
                submission.submittedBy(),
                submission.trusted(),
                source,
                spec,
                plan,
                jobs,
                submission.supersedable(),
                parts.clock().instant());
    }

    private static Submitted accepted(Submission submission, BuildStore.Inserted inserted) {
        return new Submitted.Accepted(
                inserted.build(),
                inserted.fresh(),
                inserted.superseded(),
                submission.request().ref());
    }

    /** A job as its build begins with it. Only who waits for whom must be known now, and so what its group is. */
    static Job queued(Submission submission, JobSpec job) {
        Flow flow = job.flow();
        return Job.queued(
                job.name(),
                job.stage(),
                new Job.Terms(
                        flow.when(),
                        flow.needs()
                                .map(needs -> needs.stream().map(Flow.Need::job).toList()),
                        flow.allowFailure().any(),
                        flow.interruptible(),
                        flow.resourceGroup()
                                .map(group -> variables(submission, job).expand(group)),
                        job.work().image().map(Work.Image::name)));
    }

    private static Expansion variables(Submission submission, JobSpec job) {
        Project project = submission.project();
        BuildRequest request = submission.request();
        Map<String, String> known = PredefinedVariables.ofSubmission(
                project.name(), project.settings().defaultBranch(), request, submission.trusted());
        known.putAll(PredefinedVariables.named(job.name(), job.stage()));
        return Expansion.ofJob(known, job, request.variables());
    }
}
