package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.TestCounts;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.report.MalformedReportException;
import io.sallyport.builds.store.BuildStore.Left;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** What is kept of an attempt at a job when its commands have ended: artifacts, variables, results and coverage. */
final class Harvest {
    private final BlobStore blobs;
    private final JobSpec job;
    private final JobOutput output;
    private final StopSignal stop;
    private final ArtifactBudget budget;
    private final Optional<CoverageTap> coverage;

    /**
     * Of a job whose variables are expanded.
     *
     * @param coverage what the job prints goes through it; there where the job wants that
     */
    Harvest(
            BlobStore blobs,
            JobSpec job,
            JobOutput output,
            StopSignal stop,
            ArtifactBudget budget,
            Optional<CoverageTap> coverage) {
        this.blobs = blobs;
        this.job = job;
        this.output = output;
        this.stop = stop;
        this.budget = budget;
        this.coverage = coverage;
    }

    /** Takes all that is wanted of a job that ends so; what is not as it should be can make it fail. */
    Attempt take(Run run, Verdict verdict) throws IOException, InterruptedException {
        if (verdict.lost() || stop.abandoned()) {
            return Attempt.of(verdict);
        }
        JobReports reports = new JobReports(job.reports(), output, stop::abandoned);
        Job.Findings findings = new Job.Findings(percent(), tests(run, reports));
        try {
            SortedMap<String, String> variables = reports.variables(run);
            return artifacts(run, verdict, variables, findings);
        } catch (MalformedReportException e) {
            return failed(verdict, "its dotenv report: " + e.reason(), findings);
        } catch (ArtifactIntake.TooLarge e) {
            return failed(verdict, "the artifacts of its build are larger than " + e.limit() + " bytes", findings);
        } catch (ArtifactIntake.Stopped | StoppableStreams.Stopped e) {
            return Attempt.of(stop.raised().map(Verdict::of).orElseThrow());
        }
    }

    private OptionalDouble percent() throws IOException {
        return coverage.isPresent()
                ? coverage.get().coverage(job.coverage().orElseThrow(), output)
                : OptionalDouble.empty();
    }

    private Optional<TestCounts> tests(Run run, JobReports reports) throws IOException, InterruptedException {
        try {
            return reports.tests(run);
        } catch (StoppableStreams.Stopped e) {
            return Optional.empty();
        }
    }

    private Attempt artifacts(Run run, Verdict verdict, SortedMap<String, String> variables, Job.Findings findings)
            throws IOException, InterruptedException {
        ArtifactRules rules = job.artifacts();
        if (rules.isEmpty() || !rules.when().after(verdict.state() == JobState.SUCCEEDED)) {
            return new Attempt(verdict, new Left(List.of(), variables), findings);
        }
        BlobHold hold = blobs.hold();
        ArtifactIntake intake = new ArtifactIntake(hold, job.name(), budget, stop::abandoned);
        boolean done = false;
        try {
            run.collect(rules, intake);
            tell(rules, intake);
            done = true;
            Left left = new Left(intake.taken(), variables, rules.expireIn());
            return new Attempt(
                    verdict, left, findings, Optional.empty(), Optional.empty(), Optional.of(hold), Optional.empty());
        } finally {
            if (!done) {
                budget.giveBack(intake.bytes());
                hold.close();
            }
        }
    }

    /** Of a job that has failed anyhow, this is only told. */
    private Attempt failed(Verdict verdict, String why, Job.Findings findings) throws IOException {
        if (verdict.state() == JobState.SUCCEEDED) {
            return new Attempt(Verdict.of(JobState.FAILED, why), Left.NOTHING, findings);
        }
        output.system("WARNING: nothing is kept of it: " + why);
        return new Attempt(verdict, Left.NOTHING, findings);
    }

    private void tell(ArtifactRules rules, ArtifactIntake intake) throws IOException {
        int count = intake.taken().size();
        if (count == 0) {
            String paths = String.join(", ", rules.paths());
            output.system("WARNING: there are no artifacts"
                    + (paths.isEmpty() ? "" : ": no file matches artifacts.paths: " + paths));
        } else {
            output.system(count + (count == 1 ? " artifact, " : " artifacts, ") + intake.bytes() + " bytes");
        }
    }
}
