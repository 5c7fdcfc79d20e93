package io.sallyport.builds.spec;

import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Plan.LeftOut;
import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.Globals;
import io.sallyport.builds.spec.keyword.WantedCache;
import io.sallyport.builds.spec.rule.Decision;
import io.sallyport.builds.spec.rule.FileSearch;
import io.sallyport.builds.spec.rule.Rule;
import io.sallyport.builds.spec.yaml.Report;
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
    private final Effort patterns;
    private final Report report;

    PlanMaker(Spec spec, PlanContext context, SourceView view, FileSearch files, Effort patterns, Report report) {
        this.spec = spec;
        this.context = context;
        this.view = view;
        this.files = files;
        this.patterns = patterns;
        this.report = report;
    }

    /** The plan, and why its jobs are in it; of no use when errors were added. */
    SpecResult.Accepted plan() {
        List<String> stages = Stages.of(spec, report);
        List<Instance> instances = instances(stages);
        List<JobSpec> all = new Wiring(instances, stages, spec.open(), report).jobs();
        List<JobSpec> jobs = spec.refused().isPresent() ? List.of() : all;
        Set<String> used = jobs.stream().map(JobSpec::stage).collect(Collectors.toSet());
        return new SpecResult.Accepted(
                new Plan(
                        name(),
                        stages.stream().filter(used::contains).toList(),
                        jobs,
                        leftOut(instances),
                        notices(),
                        spec.rule()
                                .flatMap(Rule::autoCancel)
                                .orElse(spec.globals().autoCancel())),
                jobs.isEmpty() ? Map.of() : reasons(instances));
    }

    private Optional<String> name() {
        Globals globals = spec.globals();
        Expansion variables = Expansion.of(context.predefined(), globals.variables(), context.given());
        return globals.name().map(variables::expand).filter(name -> !name.isBlank());
    }

    private List<Instance> instances(List<String> stages) {
        Instances instances = new Instances(context, files, patterns, digests(), report);
        List<Instance> all = new ArrayList<>();
        for (Draft draft : spec.jobs()) {
            new VariableCheck(spec.globals(), report.about(draft.name())).check(draft);
            all.addAll(instances.of(draft));
        }
        all.sort(Comparator.comparingInt(
                instance -> stages.indexOf(instance.job().stage())));
        return all;
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

    private static Map<String, String> reasons(List<Instance> instances) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Instance instance : instances) {
            if (instance.decision() instanceof Decision.In in) {
                reasons.put(instance.name(), in.why());
            }
        }
        return reasons;
    }

    private List<LeftOut> leftOut(List<Instance> instances) {
        if (spec.refused().isPresent()) {
            String why = "workflow: " + spec.refused().get();
            return spec.jobs().stream()
                    .map(draft -> new LeftOut(draft.name(), draft.base().stage(), why))
                    .toList();
        }
        Map<String, List<Instance>> byDraft = new LinkedHashMap<>();
        instances.forEach(instance -> byDraft.computeIfAbsent(instance.draft().name(), name -> new ArrayList<>())
                .add(instance));
        return byDraft.values().stream()
                .flatMap(made -> leftOutOf(made).stream())
                .toList();
    }

    /** What all jobs of one draft have in common is said once. */
    private static List<LeftOut> leftOutOf(List<Instance> made) {
        List<LeftOut> out = new ArrayList<>();
        for (Instance instance : made) {
            if (instance.decision() instanceof Decision.Out each) {
                out.add(new LeftOut(instance.name(), instance.job().stage(), each.why()));
            }
        }
        boolean alike = out.size() == made.size()
                && out.stream().map(LeftOut::why).distinct().count() == 1;
        return alike
                ? List.of(new LeftOut(
                        made.getFirst().draft().name(),
                        out.getFirst().stage(),
                        out.getFirst().why()))
                : out;
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
