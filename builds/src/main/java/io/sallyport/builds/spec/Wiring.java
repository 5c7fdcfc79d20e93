package io.sallyport.builds.spec;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.Flow.Need;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.spec.keyword.WantedJob;
import io.sallyport.builds.spec.rule.Decision;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the jobs that others name in {@code needs} and {@code dependencies}. */
final class Wiring {
    private static final int MOST = 100_000;

    private final List<Instance> all;
    private final List<String> stages;
    private final boolean open;
    private final Report report;
    private final Map<String, List<Instance>> byName = new HashMap<>();
    private int count;

    Wiring(List<Instance> all, List<String> stages, boolean open, Report report) {
        this.all = all;
        this.stages = stages;
        this.open = open;
        this.report = report;
        for (Instance instance : all) {
            byName.computeIfAbsent(instance.name(), name -> new ArrayList<>()).add(instance);
            if (!instance.name().equals(instance.draft().name())) {
                byName.computeIfAbsent(instance.draft().name(), name -> new ArrayList<>())
                        .add(instance);
            }
        }
    }

    /** The jobs of the build, each with the jobs it waits for. */
    List<JobSpec> jobs() {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        Map<String, Place> places = new HashMap<>();
        List<JobSpec> jobs = new ArrayList<>();
        for (Instance instance : all) {
            Optional<List<Need>> found = instance.needs().map(wanted -> needs(instance, wanted));
            Optional<List<String>> dependencies =
                    instance.draft().dependencies().map(wanted -> dependencies(instance, wanted));
            needs.put(
                    instance.name(),
                    found.orElse(List.of()).stream().map(Need::job).toList());
            places.put(instance.name(), place(instance));
            if (instance.isIn()) {
                jobs.add(wired(instance.job(), found, dependencies));
            }
        }
        Circles.find(needs)
                .ifPresent(circle -> report.error(
                        places.getOrDefault(
                                circle.getFirst(), all.getFirst().draft().place()),
                        "needs: jobs wait for each other: " + Shown.sentence(String.join(" → ", circle))));
        return jobs;
    }

    private static Place place(Instance instance) {
        return instance.needs()
                .filter(needs -> !needs.isEmpty())
                .map(needs -> needs.getFirst().place())
                .orElse(instance.draft().place());
    }

    private static JobSpec wired(JobSpec job, Optional<List<Need>> needs, Optional<List<String>> dependencies) {
        Flow flow = job.flow();
        return new JobSpec(
                job.name(),
                job.stage(),
                job.work(),
                new Flow(
                        needs,
                        dependencies,
                        flow.when(),
                        flow.delay(),
                        flow.allowFailure(),
                        flow.retry(),
                        flow.interruptible(),
                        flow.resourceGroup()),
                job.artifacts(),
                job.reports(),
                job.caches(),
                job.environment(),
                job.coverage());
    }

    private List<Need> needs(Instance instance, List<WantedJob> wanted) {
        Map<String, Need> needs = new LinkedHashMap<>();
        for (WantedJob need : wanted) {
            for (Instance found : found("needs", instance, need)) {
                needs.merge(
                        found.name(),
                        new Need(found.name(), need.artifacts()),
                        (first, again) -> new Need(first.job(), first.artifacts() || again.artifacts()));
            }
        }
        count(instance, needs.size());
        return List.copyOf(needs.values());
    }

    private List<String> dependencies(Instance instance, List<WantedJob> wanted) {
        List<String> names = wanted.stream()
                .flatMap(dependency -> found("dependencies", instance, dependency).stream())
                .map(Instance::name)
                .distinct()
                .toList();
        count(instance, names.size());
        return names;
    }

    private void count(Instance instance, int more) {
        count += more;
        if (count > MOST) {
            throw new Halt(instance.draft().place(), "needs and dependencies name more than " + MOST + " jobs");
        }
    }

    /** Those of the build that are meant; what is wrong with the name is reported. */
    private List<Instance> found(String key, Instance instance, WantedJob wanted) {
        List<Instance> candidates = byName.getOrDefault(wanted.name(), List.of()).stream()
                .filter(candidate -> fits(candidate, wanted))
                .toList();
        Report about = report.about(instance.name());
        if (candidates.isEmpty()) {
            if (!wanted.optional()) {
                missing(key, wanted, about);
            }
            return List.of();
        }
        if (stages.indexOf(candidates.getFirst().job().stage())
                > stages.indexOf(instance.job().stage())) {
            about.error(
                    wanted.place(),
                    key + ": " + Shown.word(wanted.name()) + " is of a later stage, "
                            + Shown.word(candidates.getFirst().job().stage()));
            return List.of();
        }
        List<Instance> in = candidates.stream().filter(Instance::isIn).toList();
        if (in.isEmpty() && instance.isIn() && !wanted.optional() && key.equals("needs")) {
            absent(key, wanted, candidates.getFirst(), about);
        }
        return in;
    }

    private static boolean fits(Instance candidate, WantedJob wanted) {
        return wanted.variables().isEmpty()
                || wanted.variables().stream()
                        .anyMatch(some -> candidate.matrix().entrySet().containsAll(some.entrySet()));
    }

    private void missing(String key, WantedJob wanted, Report about) {
        String name = key + ": " + Shown.word(wanted.name());
        if (byName.containsKey(wanted.name())) {
            about.error(wanted.place(), name + " has no job with these values in its matrix");
        } else if (open) {
            about.notice(
                    wanted.place(),
                    name + " is not here; it may be in an included file that is not read: not waited for");
        } else {
            about.error(
                    wanted.place(),
                    name + " is no job"
                            + Nearest.to(wanted.name(), byName.keySet())
                                    .map(near -> ", did you mean '" + near + "'?")
                                    .orElse(""));
        }
    }

    /** A job that cannot be run here is nobody's mistake; one that the rules leave out is. */
    private static void absent(String key, WantedJob wanted, Instance candidate, Report about) {
        String name = key + ": " + Shown.word(wanted.name());
        String why = candidate.decision() instanceof Decision.Out out ? out.why() : "";
        if (candidate.draft().cannot().isPresent()) {
            about.notice(wanted.place(), name + " is left out, " + why + ": not waited for");
        } else {
            about.error(
                    wanted.place(),
                    name + " is not part of this build (" + why + "); 'optional: true' goes on without it");
        }
    }
}
