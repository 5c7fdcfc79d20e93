package io.sallyport.builds.spec;

import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.keyword.WantedJob;
import io.sallyport.builds.spec.rule.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the jobs that a draft makes.
 *
 * @param draft it is made from
 * @param job as it is to be, without needs
 * @param matrix variables that tell it from the others of its draft
 * @param needs as written, of the rule that has decided or else of the draft
 * @param decision whether it is part of the build
 */
record Instance(
        Draft draft, JobSpec job, Map<String, String> matrix, Optional<List<WantedJob>> needs, Decision decision) {
    String name() {
        return job.name();
    }

    boolean isIn() {
        return decision instanceof Decision.In;
    }
}
