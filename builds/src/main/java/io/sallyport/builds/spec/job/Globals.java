package io.sallyport.builds.spec.job;

import io.sallyport.builds.plan.Plan.AutoCancel;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.rule.Rules;
import io.sallyport.builds.spec.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a spec says for all of its jobs.
 *
 * @param stages in their order, {@code .pre} first and {@code .post} last
 * @param variables of every job that does not refuse them
 * @param written the variables as they are written; empty when there are none
 * @param defaults keywords of every job that has none of its own and does not refuse them
 * @param name of builds, as written
 * @param workflow rules of whether there is a build; empty when there is always one
 * @param autoCancel which builds a newer one makes superfluous
 */
public record Globals(
        List<String> stages,
        Map<String, Variable> variables,
        Optional<Value.Fields> written,
        Value.Fields defaults,
        Optional<String> name,
        Optional<Rules> workflow,
        AutoCancel autoCancel) {
    /** Keeps the list from changing. */
    public Globals {
        stages = List.copyOf(stages);
    }

    /** The same with further variables, which are stronger. */
    public Globals with(Map<String, Variable> stronger) {
        Map<String, Variable> all = new LinkedHashMap<>(variables);
        all.putAll(stronger);
        return new Globals(stages, all, written, defaults, name, workflow, autoCancel);
    }
}
