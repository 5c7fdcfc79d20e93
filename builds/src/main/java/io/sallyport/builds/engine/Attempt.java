package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.mask.Mask;
import io.sallyport.builds.store.BuildStore.Left;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has come of an attempt at a job.
 *
 * @param verdict how it has ended
 * @param left what is kept of it
 * @param findings what was read from it
 * @param image it ran in, exactly
 * @param node it ran on
 * @param hold of the blobs that are kept of it, to be closed when that is on record
 * @param remains of the place where it ran, where that is wanted; to be kept or closed
 */
record Attempt(
        Verdict verdict,
        Left left,
        Job.Findings findings,
        Optional<String> image,
        Optional<String> node,
        Optional<BlobHold> hold,
        Optional<Remains> remains) {
    /** Of which no blobs are kept. */
    Attempt(Verdict verdict, Left left, Job.Findings findings) {
        this(verdict, left, findings, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same in that image, on that node. */
    Attempt in(Optional<String> exact, Optional<String> where) {
        return new Attempt(verdict, left, findings, exact, where, hold, remains);
    }

    /** The same with the place where it ran. */
    Attempt leaving(Remains place) {
        return new Attempt(verdict, left, findings, image, node, hold, Optional.of(place));
    }

    /** The same, with what a mask hides hidden in all of it that is recorded and was said by the job. */
    Attempt behind(Mask mask) {
        SortedMap<String, String> variables = new TreeMap<>();
        left.variables().forEach((name, value) -> variables.put(name, mask.text(value)));
        return new Attempt(
                verdict.behind(mask),
                new Left(left.artifacts(), variables, left.expireIn()),
                findings,
                image,
                node,
                hold,
                remains);
    }

    static Attempt of(Verdict verdict) {
        return new Attempt(verdict, Left.NOTHING, Job.Findings.NONE);
    }
}
