package io.sallyport.builds.spec.job;

import io.sallyport.builds.plan.Flow.AllowFailure;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.keyword.JobWhen;
import io.sallyport.builds.spec.keyword.Parallel;
import io.sallyport.builds.spec.keyword.WantedCache;
import io.sallyport.builds.spec.keyword.WantedJob;
import io.sallyport.builds.spec.rule.Admission;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as it is written, before it is decided whether it is part of a build, how many jobs it is, and what it waits
 * for.
 *
 * @param place of its name
 * @param stagePlace of its stage; of its name when it names none
 * @param base what it is to be, without variables, needs and caches
 * @param inherited variables of the whole that it takes
 * @param variables its own
 * @param written its own as they are written; empty when there are none
 * @param when as written
 * @param allowFailure as written
 * @param needs as written; empty when it waits for the stages before
 * @param dependencies as written; empty when it takes all
 * @param caches as written
 * @param parallel how many jobs it is
 * @param admission whether it is part of a build
 * @param cannot why it cannot be run here at all; empty when it can
 */
public record Draft(
        Place place,
        Place stagePlace,
        JobSpec base,
        Map<String, Variable> inherited,
        Map<String, Variable> variables,
        Optional<Value.Fields> written,
        Optional<JobWhen> when,
        Optional<AllowFailure> allowFailure,
        Optional<List<WantedJob>> needs,
        Optional<List<WantedJob>> dependencies,
        List<WantedCache> caches,
        Parallel parallel,
        Admission admission,
        Optional<String> cannot) {
    /** The name it is written by. */
    public String name() {
        return base.name();
    }
}
