package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.store.BuildStore.Left;

/**
 * What has come of an attempt at a job.
 *
 * @param verdict how it has ended
 * @param left what is kept of it
 * @param findings what was read from it
 */
record Attempt(Verdict verdict, Left left, Job.Findings findings) {
    static Attempt of(Verdict verdict) {
        return new Attempt(verdict, Left.NOTHING, Job.Findings.NONE);
    }
}
