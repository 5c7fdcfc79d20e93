package io.sallyport.builds.variable;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Reports;
import io.sallyport.builds.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job that starts, with values in place of variables wherever its spec may have them: image, services, paths, keys of
 * caches, environment, resource group. Its commands are left to their shell, its variables to {@link Expansion#values}.
 *
 * @param job the same job
 * @param refused paths that have become none of the workspace, each with why; they are not in the job any more
 */
public record ExpandedJob(JobSpec job, List<String> refused) {
    /** Keeps the list from changing. */
    public ExpandedJob {
        refused = List.copyOf(refused);
    }

    /** The job for these variables. */
    public static ExpandedJob of(JobSpec job, Expansion variables) {
        List<String> refused = new ArrayList<>();
        Paths paths = new Paths(variables, refused);
        ArtifactRules artifacts = job.artifacts();
        JobSpec expanded = new JobSpec(
                job.name(),
                job.stage(),
                work(job.work(), variables),
                flow(job.flow(), variables),
                new ArtifactRules(
                        paths.of(artifacts.paths()),
                        paths.of(artifacts.exclude()),
                        artifacts.untracked(),
                        artifacts.when(),
                        artifacts.name().map(variables::expand),
                        artifacts.expireIn()),
                new Reports(
                        paths.of(job.reports().junit()), paths.of(job.reports().dotenv())),
                job.caches().stream()
                        .map(cache -> cache(cache, variables, paths))
                        .toList(),
                job.environment()
                        .map(environment -> new JobSpec.Environment(
                                variables.expand(environment.name()),
                                environment.url().map(variables::expand))),
                job.coverage());
        return new ExpandedJob(expanded, refused);
    }

    private record Paths(Expansion variables, List<String> refused) {
        List<String> of(List<String> written) {
            List<String> all = new ArrayList<>();
            for (String path : written) {
                String expanded = WorkspacePath.relative(variables.expand(path));
                Optional<String> fault = WorkspacePath.fault(expanded);
                fault.ifPresentOrElse(
                        why -> refused.add("'" + path + "' " + why), () -> all.add(WorkspacePath.normal(expanded)));
            }
            return all;
        }
    }

    private static Work work(Work work, Expansion variables) {
        return new Work(
                work.image().map(image -> image(image, variables)),
                work.services().stream()
                        .map(service -> service(service, variables))
                        .toList(),
                work.script(),
                work.afterScript(),
                work.variables(),
                work.timeout(),
                work.tags(),
                work.ports());
    }

    private static Work.Image image(Work.Image image, Expansion variables) {
        return new Work.Image(variables.expand(image.name()), image.entrypoint().map(variables::expand));
    }

    private static Work.Service service(Work.Service service, Expansion variables) {
        return new Work.Service(
                image(service.image(), variables),
                variables.expand(service.aliases()),
                service.command().map(variables::expand),
                service.variables());
    }

    private static Flow flow(Flow flow, Expansion variables) {
        return new Flow(
                flow.needs(),
                flow.dependencies(),
                flow.when(),
                flow.delay(),
                flow.allowFailure(),
                flow.retry(),
                flow.interruptible(),
                flow.resourceGroup().map(variables::expand));
    }

    private static CacheRule cache(CacheRule cache, Expansion variables, Paths paths) {
        return new CacheRule(
                variables.expand(cache.key()),
                paths.of(cache.paths()),
                cache.untracked(),
                cache.policy(),
                cache.when(),
                variables.expand(cache.fallbackKeys()));
    }
}
