package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.secret.JobSecrets;
import io.sallyport.builds.variable.ExpandedJob;
import io.sallyport.builds.variable.Expansion;
import io.sallyport.builds.variable.PredefinedVariables;
import io.sallyport.builds.variable.WorkspacePath;
import java.util.List;
import java.util.Map;

/**
 * What an executor is asked for.
 *
 * @param expanded whose variables are expanded
 * @param commands of the script
 */
record JobRequest(ExpandedJob expanded, JobOrder order, Commands commands) {
    /**
     * What it is asked for of an attempt at a job.
     *
     * @param index of the job in its plan
     * @param attempt its number
     * @param inputs the jobs whose artifacts it is given, see {@link Inputs}
     */
    static JobRequest of(
            EngineParts parts,
            Build build,
            int index,
            JobSpec spec,
            int attempt,
            List<String> inputs,
            JobSecrets secrets) {
        Map<String, String> predefined = predefined(parts, build, index, spec);
        Map<String, String> reported =
                inputs.isEmpty() ? Map.of() : parts.builds().variables(build.id(), inputs);
        Map<String, String> submitted = build.request().variables();
        // What names things, and where jobs are containers stands in their descriptions, has no secret in it.
        Expansion seen = Expansion.ofJob(predefined, spec, reported, secrets.plain(), submitted);
        Expansion all = Expansion.ofJob(predefined, spec, reported, secrets.variables(), submitted);
        ExpandedJob expanded = ExpandedJob.of(spec, seen);
        JobOrder order = new JobOrder(
                build.id(), build.project(), attempt, build.source(), expanded.job(), seen.values(), secrets.files());
        return new JobRequest(expanded, order, new Commands(spec.work().script(), all.values()));
    }

    /** Where the workspace is, only the executor knows: references to it are left to it. */
    private static Map<String, String> predefined(EngineParts parts, Build build, int index, JobSpec spec) {
        Project project = parts.projects()
                .project(build.project())
                .orElseThrow(() -> new IllegalStateException("no project " + build.project()));
        Map<String, String> predefined = PredefinedVariables.ofJob(build, project, spec, 1 + index);
        predefined.put(WorkspacePath.VARIABLE, WorkspacePath.LATER);
        return predefined;
    }
}
