package io.sallyport.builds.spec;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Plan.LeftOut;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.Globals;
import io.sallyport.builds.spec.job.GlobalsReader;
import io.sallyport.builds.spec.keyword.WantedCache;
import io.sallyport.builds.spec.rule.Decision;
import io.sallyport.builds.spec.rule.FileSearch;
import io.sallyport.builds.spec.rule.Rule;
import io.sallyport.builds.spec.rule.Situation;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.variable.Expansion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From the parts of a spec to the plan of one build. */
final class PlanMaker {
    private final Spec spec;
    private final PlanContext context;
    private final SourceView view;
    private final FileSearch files;
    private final Report report;

    PlanMaker(Spec spec, PlanContext context, SourceView view, FileSearch files, Report report) {
        this.spec = spec;
        this.context = context;
        this.view = view;
        this.files = files;
        this.report = report;
    }

    /** The plan, and why its jobs are in it; of no use when errors were added. */
    SpecResult.Accepted plan() {
        Expansion variables = Expansion.of(context.predefined(), spec.globals().variables(), context.given());
        Optional<Decision> workflow =
                spec.globals().workflow().map(rules -> rules.decide(new Situation(variables, files, report)));
        Optional<Rule> rule =
                workflow.flatMap(decision -> decision instanceof Decision.In in ? in.rule() : Optional.empty());
        Globals globals = spec.globals().with(rule.map(Rule::variables).orElse(Map.of()));
        List<String> stages = stages(globals);
        List<Instance> instances = instances(rule, stages);
        List<JobSpec> jobs = new Wiring(instances, stages, spec.open(), report).jobs();
        boolean none = workflow.isPresent() && workflow.get() instanceof Decision.Out;
        Map<String, String> reasons = none ? Map.of() : reasons(instances);
        Set<String> used = jobs.stream().map(JobSpec::stage).collect(Collectors.toSet());
        return new SpecResult.Accepted(
                new Plan(
                        globals.name()
                                .map(variables.with(globals.variables())::expand)
                                .filter(name -> !name.isBlank()),
                        none
                                ? List.of()
                                : stages.stream().filter(used::contains).toList(),
                        none ? List.of() : jobs,
                        leftOut(instances, workflow),
                        notices(),
                        rule.flatMap(Rule::autoCancel).orElse(globals.autoCancel())),
                reasons);
    }

    private List<Instance> instances(Optional<Rule> workflow, List<String> stages) {
        SourceView.Digests digests = digests();
        Instances instances = new Instances(context, files, digests, report);
        List<Instance> all = new ArrayList<>();
        for (Draft draft : spec.jobs()) {
            Draft whole =
                    workflow.map(rule -> strengthened(draft, rule.variables())).orElse(draft);
            new VariableCheck(spec.globals(), report.about(draft.name())).check(whole);
            all.addAll(instances.of(whole));
        }
        all.sort(Comparator.comparingInt(
                instance -> stages.indexOf(instance.job().stage())));
        return all;
    }

    private static Draft strengthened(Draft draft, Map<String, Variable> variables) {
        Map<String, Variable> inherited = new LinkedHashMap<>(draft.inherited());
        inherited.putAll(variables);
        return new Draft(
                draft.place(),
                draft.stagePlace(),
                draft.base(),
                inherited,
                draft.variables(),
                draft.written(),
                draft.when(),
                draft.allowFailure(),
                draft.needs(),
                draft.dependencies(),
                draft.caches(),
                draft.parallel(),
                draft.admission(),
                draft.cannot());
    }

    /** All files that make keys of caches are looked at together. */
    private SourceView.Digests digests() {
        List<WantedCache> made = spec.jobs().stream()
                .flatMap(draft -> draft.caches().stream())
                .filter(cache -> !cache.files().isEmpty())
                .toList();
        if (!view.known()) {
            made.forEach(cache -> report.notice(
                    cache.place(),
                    "cache.key.files: the files of the source are not known here; the key is made later"));
        }
        return view.digests(
                made.stream().flatMap(cache -> cache.files().stream()).collect(Collectors.toSet()));
    }

    /** Those of the spec; one that is not declared is a mistake, unless a file may declare it that is not read. */
    private List<String> stages(Globals globals) {
        List<String> stages = new ArrayList<>(globals.stages());
        for (Draft draft : spec.jobs()) {
            String stage = draft.base().stage();
            if (!stages.contains(stage)) {
                undeclared(draft, stage, stages);
            }
        }
        return stages;
    }

    private void undeclared(Draft draft, String stage, List<String> stages) {
        Report about = report.about(draft.name());
        String unknown = "stage " + Shown.word(stage) + " is not among the stages";
        if (spec.open()) {
            about.notice(
                    draft.stagePlace(),
                    unknown + " here; it may be in an included file that is not read, and comes last");
            stages.add(stages.indexOf(GlobalsReader.LAST), stage);
        } else {
            about.error(
                    draft.stagePlace(),
                    unknown
                            + Nearest.to(stage, stages)
                                    .map(near -> ", did you mean '" + near + "'?")
                                    .orElse(": " + Shown.sentence(String.join(", ", stages))));
        }
    }

    private static Map<String, String> reasons(List<Instance> instances) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Instance instance : instances) {
            if (instance.decision() instanceof Decision.In in) {
                reasons.put(instance.name(), in.why());
            }
        }
        return reasons;
    }

    /** What all jobs of one draft have in common is said once. */
    private static List<LeftOut> leftOut(List<Instance> instances, Optional<Decision> workflow) {
        Map<Draft, List<Instance>> byDraft = new LinkedHashMap<>();
        instances.forEach(instance -> byDraft.computeIfAbsent(instance.draft(), draft -> new ArrayList<>())
                .add(instance));
        List<LeftOut> out = new ArrayList<>();
        byDraft.forEach((draft, made) -> {
            if (workflow.isPresent() && workflow.get() instanceof Decision.Out none) {
                out.add(new LeftOut(draft.name(), draft.base().stage(), "workflow: " + none.why()));
                return;
            }
            Set<Decision> decisions = made.stream().map(Instance::decision).collect(Collectors.toSet());
            if (decisions.size() == 1 && made.getFirst().decision() instanceof Decision.Out same) {
                out.add(new LeftOut(draft.name(), draft.base().stage(), same.why()));
                return;
            }
            for (Instance instance : made) {
                if (instance.decision() instanceof Decision.Out each) {
                    out.add(new LeftOut(instance.name(), instance.job().stage(), each.why()));
                }
            }
        });
        return out;
    }

    private List<Plan.Notice> notices() {
        return report.notices().stream()
                .map(remark -> new Plan.Notice(
                        remark.job(),
                        remark.place().file(),
                        remark.place().line(),
                        remark.place().column(),
                        remark.text()))
                .toList();
    }
}
