package io.sallyport.builds.spec;

import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.Flow.AllowFailure;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.keyword.JobWhen;
import io.sallyport.builds.spec.keyword.Parallel;
import io.sallyport.builds.spec.rule.Decision;
import io.sallyport.builds.spec.rule.FileSearch;
import io.sallyport.builds.spec.rule.Rule;
import io.sallyport.builds.spec.rule.Situation;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.variable.Expansion;
import io.sallyport.builds.variable.PredefinedVariables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the jobs of drafts: one or several of each, with what the rules change. */
final class Instances {
    private final PlanContext context;
    private final FileSearch files;
    private final Effort patterns;
    private final SourceView.Digests digests;
    private final Report report;
    private final Volume volume = new Volume();
    private int count;

    Instances(PlanContext context, FileSearch files, Effort patterns, SourceView.Digests digests, Report report) {
        this.context = context;
        this.files = files;
        this.patterns = patterns;
        this.digests = digests;
        this.report = report;
    }

    /** All that a draft makes. */
    List<Instance> of(Draft draft) {
        List<Instance> all = new ArrayList<>();
        Parallel parallel = draft.parallel();
        if (parallel.count() > 0) {
            for (int i = 1; i <= parallel.count(); i++) {
                String name = draft.name() + " " + i + "/" + parallel.count();
                all.add(one(draft, name, Map.of(), node(i, parallel.count())));
            }
        } else if (!parallel.variables().isEmpty()) {
            for (Map<String, String> matrix : parallel.variables()) {
                String name = draft.name() + ": [" + String.join(", ", matrix.values()) + "]";
                Map<String, Variable> variables = new LinkedHashMap<>();
                matrix.forEach((key, value) -> variables.put(key, Variable.of(value)));
                variables.putAll(node(all.size() + 1, parallel.variables().size()));
                all.add(one(draft, name, matrix, variables));
            }
        } else {
            all.add(one(draft, draft.name(), Map.of(), Map.of()));
        }
        return all;
    }

    private static Map<String, Variable> node(int index, int total) {
        Map<String, Variable> node = new LinkedHashMap<>();
        node.put("CI_NODE_INDEX", new Variable(Integer.toString(index), false));
        node.put("CI_NODE_TOTAL", new Variable(Integer.toString(total), false));
        return node;
    }

    private Instance one(Draft draft, String name, Map<String, String> matrix, Map<String, Variable> ofInstance) {
        if (++count > context.bounds().jobs()) {
            throw new Halt(
                    draft.place(),
                    "the spec makes more than " + context.bounds().jobs() + " jobs");
        }
        Report about = report.about(name);
        Map<String, Variable> variables = new LinkedHashMap<>(draft.inherited());
        variables.putAll(draft.variables());
        variables.putAll(ofInstance);
        Expansion known = known(draft, name, variables);
        Decision decision = decide(draft, new Situation(known, files, patterns, about));
        Optional<Rule> rule = decision instanceof Decision.In in ? in.rule() : Optional.empty();
        rule.ifPresent(deciding -> variables.putAll(deciding.variables()));
        volume.add(draft.place(), variables, draft.base().work());
        Expansion then = rule.isPresent() ? known(draft, name, variables) : known;
        JobSpec job = job(draft, name, variables, then, rule);
        return new Instance(draft, job, matrix, rule.flatMap(Rule::needs).or(draft::needs), decision);
    }

    private static Decision decide(Draft draft, Situation situation) {
        if (draft.cannot().isPresent()) {
            return new Decision.Out(draft.cannot().get());
        }
        Decision decision = draft.admission().decide(situation);
        boolean never = draft.when().equals(Optional.of(JobWhen.NEVER));
        boolean byRule = decision instanceof Decision.In in
                && in.rule().flatMap(Rule::when).isPresent();
        return never && !byRule && decision instanceof Decision.In ? new Decision.Out("when: never") : decision;
    }

    private Expansion known(Draft draft, String name, Map<String, Variable> variables) {
        Map<String, String> predefined = new LinkedHashMap<>(context.predefined());
        predefined.putAll(PredefinedVariables.named(name, draft.base().stage()));
        return Expansion.of(predefined, variables, context.given());
    }

    private JobSpec job(
            Draft draft, String name, Map<String, Variable> variables, Expansion known, Optional<Rule> rule) {
        JobSpec base = draft.base();
        Work work = base.work();
        List<CacheRule> caches = draft.caches().stream()
                .map(cache -> cache.rule(known, digests, report))
                .toList();
        return new JobSpec(
                name,
                base.stage(),
                new Work(
                        work.image(),
                        work.services(),
                        work.script(),
                        work.afterScript(),
                        variables,
                        work.timeout(),
                        known.expand(work.tags()),
                        work.ports()),
                flow(draft, rule),
                base.artifacts(),
                base.reports(),
                caches,
                base.environment(),
                base.coverage());
    }

    private static Flow flow(Draft draft, Optional<Rule> rule) {
        Flow flow = draft.base().flow();
        Flow.When when = rule.flatMap(Rule::when).flatMap(JobWhen::flow).orElse(flow.when());
        // A job that is manual by itself holds up nobody; one that a rule makes manual does.
        AllowFailure usual =
                when == Flow.When.MANUAL && rule.flatMap(Rule::when).isEmpty()
                        ? AllowFailure.ALWAYS
                        : AllowFailure.NEVER;
        return new Flow(
                Optional.empty(),
                Optional.empty(),
                when,
                when == Flow.When.DELAYED ? rule.flatMap(Rule::delay).or(flow::delay) : Optional.empty(),
                rule.flatMap(Rule::allowFailure).or(draft::allowFailure).orElse(usual),
                flow.retry(),
                rule.flatMap(Rule::interruptible).orElse(flow.interruptible()),
                flow.resourceGroup());
    }
}
