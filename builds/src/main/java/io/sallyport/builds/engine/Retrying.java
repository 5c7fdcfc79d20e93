package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.plan.Flow;

/** Whether a job that has failed is tried again. */
final class Retrying {
    private Retrying() {}

    /** As its plan says; and once in any case when its place was lost. */
    static boolean isDue(Flow.Retry rule, Job job, Verdict verdict) {
        if (!verdict.state().failed()) {
            return false;
        }
        int failures = job.course().failures();
        return (verdict.lost() && failures == 0) || (failures < rule.max() && covers(rule, verdict));
    }

    /** What is said of the attempt that failed. */
    static String why(Job job, Verdict verdict) {
        return "attempt " + job.course().attempt() + " " + verdict.state().label()
                + verdict.reason().map(reason -> ": " + reason).orElse("");
    }

    private static boolean covers(Flow.Retry rule, Verdict verdict) {
        boolean byCode = verdict.exitCode().isPresent()
                && rule.exitCodes().contains(verdict.exitCode().getAsInt());
        boolean any = rule.causes().isEmpty() && rule.exitCodes().isEmpty();
        return byCode || any || rule.causes().contains(cause(verdict.state()));
    }

    private static Flow.RetryCause cause(JobState failure) {
        return switch (failure) {
            case FAILED -> Flow.RetryCause.SCRIPT;
            case TIMEDOUT -> Flow.RetryCause.TIMEOUT;
            case ERRORED -> Flow.RetryCause.SYSTEM;
            case QUEUED, MANUAL, DELAYED, RUNNING, SUCCEEDED, CANCELED, SKIPPED ->
                throw new IllegalArgumentException(failure + " is no failure");
        };
    }
}
