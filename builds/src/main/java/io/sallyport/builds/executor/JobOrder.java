package io.sallyport.builds.executor;

import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.source.Source;
import java.util.Map;

/**
 * All an executor needs to run one job.
 *
 * @param build the build's number
 * @param project the project's name
 * @param attempt from 1
 * @param source to be unpacked into the workspace
 * @param job what to run
 * @param environment the complete environment of the script: predefined variables, then the job's own
 */
public record JobOrder(
        long build, String project, int attempt, Source source, JobSpec job, Map<String, String> environment) {
    /** A name that no other run has, made of letters, digits, dots and dashes only. */
    public String runName() {
        return build + "-" + job.name().replaceAll("[^A-Za-z0-9]", "-") + "-" + attempt;
    }
}
