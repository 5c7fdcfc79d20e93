package io.sallyport.builds.plan;

import java.util.List;
import java.util.Optional;

/**
 * One job as the spec asks for it.
 *
 * @param name of the job, unique in its plan; any characters but controls
 * @param stage it belongs to
 * @param work what it does
 * @param flow when it runs and what its end means
 * @param artifacts what is kept after the script
 * @param reports what is read from files that it leaves
 * @param caches restored before and saved after it, in order
 * @param environment it deploys to
 * @param coverage a regular expression (Ruby's notation without the slashes) that finds the test coverage in its log
 */
public record JobSpec(
        String name,
        String stage,
        Work work,
        Flow flow,
        ArtifactRules artifacts,
        Reports reports,
        List<CacheRule> caches,
        Optional<Environment> environment,
        Optional<String> coverage) {
    /** Keeps the lists from changing. */
    public JobSpec {
        caches = List.copyOf(caches);
    }

    /** A job that does this and nothing else, as soon as it can. */
    public static JobSpec of(String name, String stage, Work work) {
        return new JobSpec(
                name,
                stage,
                work,
                Flow.USUAL,
                ArtifactRules.NONE,
                Reports.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same job that keeps these files. */
    public JobSpec keeping(ArtifactRules rules) {
        return new JobSpec(name, stage, work, flow, rules, reports, caches, environment, coverage);
    }

    /**
     * Where a job deploys to. Shown, and nothing else.
     *
     * @param name as written, variables not expanded
     * @param url as written, variables not expanded
     */
    public record Environment(String name, Optional<String> url) {}
}
