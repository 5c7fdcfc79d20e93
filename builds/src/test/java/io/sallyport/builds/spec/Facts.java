package io.sallyport.builds.spec;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.spec.keyword.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a reading has led to, a line for each thing that can be said of it. */
final class Facts {
    private final String file;
    private final List<String> lines = new ArrayList<>();

    private Facts(String file) {
        this.file = file;
    }

    /** The facts of a reading of that file. */
    static List<String> of(String file, SpecResult result) {
        Facts facts = new Facts(file);
        switch (result) {
            case SpecResult.Rejected rejected ->
                rejected.errors()
                        .forEach(error -> facts.add("error " + facts.place(error.file(), error.line(), error.column())
                                + " " + error.message()));
            case SpecResult.Accepted accepted -> facts.plan(accepted);
        }
        return facts.lines;
    }

    /** Whether all facts of its kind must be expected. */
    static boolean isExact(String fact) {
        return fact.matches("(?s)(jobs:|error|notice|out) .*");
    }

    private void add(String line) {
        lines.add(line.replace("\n", "\\n").strip());
    }

    private String place(String in, int line, int column) {
        return (in.equals(file) ? "" : in + ":") + line + ":" + column;
    }

    private void plan(SpecResult.Accepted accepted) {
        Plan plan = accepted.plan();
        add("jobs: " + names(plan.jobs().stream().map(JobSpec::name).toList()));
        add("stages: " + String.join(", ", plan.stages()));
        plan.name().ifPresent(name -> add("name: " + name));
        add("auto_cancel: " + word(plan.autoCancel()));
        plan.leftOut().forEach(out -> add("out " + out.job() + ": " + out.why()));
        plan.notices()
                .forEach(notice -> add("notice " + place(notice.file(), notice.line(), notice.column()) + " "
                        + notice.job().map(job -> job + ": ").orElse("") + notice.text()));
        plan.jobs().forEach(job -> {
            job(job);
            add(job.name() + ".why: " + accepted.reasons().getOrDefault(job.name(), "?"));
        });
    }

    private void job(JobSpec job) {
        String name = job.name();
        Work work = job.work();
        add(name + ".stage: " + job.stage());
        add(name + ".script: " + String.join(" ; ", work.script()));
        add(name + ".after_script: " + String.join(" ; ", work.afterScript()));
        add(name + ".variables: " + variables(work));
        add(name + ".timeout: " + TimeText.of(work.timeout()));
        add(name + ".tags: " + names(work.tags()));
        add(name + ".ports: " + names(work.ports()));
        work.image().ifPresent(image -> add(name + ".image: " + image(image)));
        work.services().forEach(service -> add(name + ".service: " + service(service)));
        flow(name, job.flow());
        artifacts(name, job.artifacts());
        job.reports().junit().forEach(path -> add(name + ".junit: " + path));
        job.reports().dotenv().forEach(path -> add(name + ".dotenv: " + path));
        job.caches().forEach(cache -> add(name + ".cache: " + cache(cache)));
        add(name + ".caches: " + job.caches().size());
        job.environment()
                .ifPresent(where -> add(name + ".environment: " + where.name()
                        + where.url().map(url -> " at " + url).orElse("")));
        job.coverage().ifPresent(pattern -> add(name + ".coverage: " + pattern));
    }

    private void flow(String name, Flow flow) {
        add(name + ".when: " + word(flow.when())
                + flow.delay().map(delay -> " " + TimeText.of(delay)).orElse(""));
        add(name + ".needs: "
                + flow.needs()
                        .map(needs -> names(needs.stream()
                                .map(need -> need.job() + (need.artifacts() ? "" : " without artifacts"))
                                .toList()))
                        .orElse("the stages before"));
        add(name + ".dependencies: " + flow.dependencies().map(Facts::names).orElse("all"));
        add(name + ".allow_failure: "
                + (flow.allowFailure().exitCodes().isEmpty()
                        ? flow.allowFailure().any()
                        : names(new TreeSet<>(flow.allowFailure().exitCodes()))));
        Flow.Retry retry = flow.retry();
        add(name + ".retry: " + retry.max()
                + retry.causes().stream()
                        .map(cause -> " " + word(cause))
                        .sorted()
                        .collect(Collectors.joining())
                + new TreeSet<>(retry.exitCodes())
                        .stream().map(code -> " " + code).collect(Collectors.joining()));
        add(name + ".interruptible: " + flow.interruptible());
        flow.resourceGroup().ifPresent(group -> add(name + ".resource_group: " + group));
    }

    private void artifacts(String name, ArtifactRules rules) {
        if (!rules.equals(ArtifactRules.NONE)) {
            add(name + ".artifacts: " + names(rules.paths())
                    + (rules.exclude().isEmpty() ? "" : " without " + names(rules.exclude()))
                    + (rules.untracked() ? " and untracked" : "") + " " + word(rules.when())
                    + rules.name().map(called -> " as " + called).orElse("")
                    + rules.expireIn()
                            .map(time ->
                                    time.equals(ArtifactRules.FOR_EVER) ? " for ever" : " for " + TimeText.of(time))
                            .orElse(""));
        }
    }

    private static String variables(Work work) {
        return names(work.variables().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().value()
                        + (entry.getValue().expand() ? "" : " as it is"))
                .toList());
    }

    private static String image(Work.Image image) {
        return image.name() + image.entrypoint().map(words -> " " + words).orElse("");
    }

    private static String service(Work.Service service) {
        return image(service.image())
                + (service.aliases().isEmpty() ? "" : " as " + names(service.aliases()))
                + service.command().map(words -> " runs " + words).orElse("")
                + (service.variables().isEmpty()
                        ? ""
                        : " with " + service.variables().keySet());
    }

    private static String cache(CacheRule cache) {
        return cache.key() + ": " + names(cache.paths()) + (cache.untracked() ? " and untracked" : "") + " "
                + word(cache.policy()) + " " + word(cache.when())
                + (cache.fallbackKeys().isEmpty() ? "" : " or " + names(cache.fallbackKeys()));
    }

    private static String names(Iterable<?> words) {
        List<String> all = new ArrayList<>();
        words.forEach(word -> all.add(String.valueOf(word)));
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
