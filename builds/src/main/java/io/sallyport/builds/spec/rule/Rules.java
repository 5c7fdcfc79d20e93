package io.sallyport.builds.spec.rule;

import io.sallyport.builds.spec.keyword.JobWhen;
import java.util.List;
import java.util.Optional;

/**
 * Rules of a job, a file that is included, or all of a build: the first that holds decides.
 *
 * @param rules in their order
 * @param usual what a rule decides that does not say it
 */
public record Rules(List<Rule> rules, JobWhen usual) implements Admission {
    /** Keeps the list from changing. */
    public Rules {
        rules = List.copyOf(rules);
    }

    @Override
    public Decision decide(Situation situation) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.holds(situation)) {
                String asked = rule.test().described();
                String which = "rule " + (i + 1) + (asked.isEmpty() ? "" : ": " + asked);
                return rule.when().orElse(usual) == JobWhen.NEVER
                        ? new Decision.Out(which + " → never")
                        : new Decision.In(which, Optional.of(rule));
            }
        }
        return new Decision.Out(rules.isEmpty() ? Decision.NO_RULES : "none of its rules holds");
    }
}
