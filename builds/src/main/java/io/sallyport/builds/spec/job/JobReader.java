package io.sallyport.builds.spec.job;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.Flow.AllowFailure;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Reports;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.spec.keyword.ArtifactsReader;
import io.sallyport.builds.spec.keyword.CacheReader;
import io.sallyport.builds.spec.keyword.CoverageReader;
import io.sallyport.builds.spec.keyword.EnvironmentReader;
import io.sallyport.builds.spec.keyword.ImageReader;
import io.sallyport.builds.spec.keyword.JobWhen;
import io.sallyport.builds.spec.keyword.NeedsReader;
import io.sallyport.builds.spec.keyword.Parallel;
import io.sallyport.builds.spec.keyword.ParallelReader;
import io.sallyport.builds.spec.keyword.PortsReader;
import io.sallyport.builds.spec.keyword.RetryReader;
import io.sallyport.builds.spec.keyword.ScriptReader;
import io.sallyport.builds.spec.keyword.Times;
import io.sallyport.builds.spec.keyword.VariablesReader;
import io.sallyport.builds.spec.keyword.Words;
import io.sallyport.builds.spec.rule.Admission;
import io.sallyport.builds.spec.rule.Policies;
import io.sallyport.builds.spec.rule.Policy;
import io.sallyport.builds.spec.rule.PolicyReader;
import io.sallyport.builds.spec.rule.RulesReader;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one job from its keywords: {@code extends} and references are resolved, defaults are not in it yet. */
public final class JobReader {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(7);

    private final String name;
    private final Place place;
    private final Value.Fields own;
    private final Value.Fields job;
    private final Globals globals;
    private final JobBounds bounds;
    private final Report report;
    private final Inheritance inheritance;

    /**
     * Reads a job.
     *
     * @param name of it
     * @param place of the name
     * @param own its keywords
     */
    public JobReader(String name, Place place, Value.Fields own, Globals globals, JobBounds bounds, Report report) {
        this.name = name;
        this.place = place;
        this.own = own;
        this.globals = globals;
        this.bounds = bounds;
        this.report = report;
        this.inheritance = new Inheritance(globals, report);
        this.job = inheritance.withDefaults(own);
    }

    /**
     * What is wanted of it; of no use when errors were added.
     *
     * @param usualStage of a job that names none
     * @param lacking why it may have no script; empty when that is a mistake
     */
    public Draft read(String usualStage, Optional<String> lacking) {
        Expected.onlyKeys("", own, Keys.JOB, report);
        Keys.IGNORED.forEach((key, why) -> job.field(key)
                .ifPresent(field -> report.notice(field.place(), "'" + key + "' changes nothing here: " + why)));
        inheritance.check(own);
        Optional<String> cannot = cannot(lacking);
        Optional<JobWhen> when =
                job.given("when").flatMap(word -> Words.read("when", word, List.of(JobWhen.values()), report));
        return new Draft(
                place,
                job.get("stage").map(Value::place).orElse(place),
                base(usualStage, when, cannot),
                inheritance.variables(job),
                job.given("variables")
                        .map(value -> VariablesReader.read("variables", value, report))
                        .orElse(Map.of()),
                job.given("variables").filter(Value.Fields.class::isInstance).map(Value.Fields.class::cast),
                when,
                job.given("allow_failure").flatMap(value -> RetryReader.allowed("allow_failure", value, report)),
                job.given("needs").map(value -> NeedsReader.needs("needs", value, report)),
                job.given("dependencies").map(value -> NeedsReader.dependencies("dependencies", value, report)),
                job.given("cache")
                        .map(value -> CacheReader.read("cache", value, report))
                        .orElse(List.of()),
                job.given("parallel")
                        .map(value -> ParallelReader.read("parallel", value, bounds.jobs(), report))
                        .orElse(Parallel.SINGLE),
                admission(when),
                cannot);
    }

    private Optional<String> cannot(Optional<String> lacking) {
        if (job.given("trigger").isPresent()) {
            report.notice(place, "it starts another pipeline, which cannot be done here: it is left out");
            return Optional.of("it starts another pipeline ('trigger'), which cannot be done here");
        }
        if (job.given("run").isPresent()) {
            report.notice(place, "steps ('run') cannot be run here: it is left out");
            return Optional.of("its steps ('run') cannot be run here");
        }
        if (job.get("script").isEmpty() && lacking.isPresent()) {
            report.notice(place, lacking.get() + ": it is left out");
            return lacking;
        }
        return Optional.empty();
    }

    private JobSpec base(String usualStage, Optional<JobWhen> when, Optional<String> cannot) {
        ArtifactsReader.Kept kept = job.given("artifacts")
                .map(value -> ArtifactsReader.read("artifacts", value, report))
                .orElse(ArtifactsReader.Kept.NOTHING);
        ArtifactRules rules = kept.rules();
        Reports reports = kept.reports();
        return new JobSpec(
                name,
                job.given("stage")
                        .flatMap(value -> Expected.text("stage", value, report))
                        .orElse(usualStage),
                work(cannot.isPresent()),
                flow(when),
                rules,
                reports,
                List.of(),
                job.given("environment").flatMap(value -> EnvironmentReader.read("environment", value, report)),
                job.given("coverage").flatMap(value -> CoverageReader.read("coverage", value, report)));
    }

    private Work work(boolean withoutScript) {
        return new Work(
                job.given("image").flatMap(value -> ImageReader.read("image", value, report)),
                job.given("services")
                        .map(value -> ImageReader.services("services", value, report))
                        .orElse(List.of()),
                withoutScript ? List.of() : script(),
                lines("after_script"),
                Map.of(),
                job.given("timeout")
                        .flatMap(value -> Times.read("timeout", value, SHORTEST, bounds.longestTimeout(), report))
                        .orElse(bounds.timeout()),
                texts("tags"),
                job.given("ports")
                        .map(value -> PortsReader.read("ports", value, report))
                        .orElse(List.of()));
    }

    private List<String> script() {
        Optional<Value> script = job.get("script");
        if (script.isEmpty() && own.fields().stream().anyMatch(field -> Keys.isMeant("script", field.name()))) {
            return List.of(); // that it is mistyped has been said
        }
        if (script.isEmpty()) {
            String slip = Nearest.slip(name, Keys.TOP)
                    .map(near -> "; did you mean '" + near + "' at the top?")
                    .orElse("");
            report.error(place, "job '" + name + "': 'script' is missing: the commands to run" + slip);
            return List.of();
        }
        List<String> all = new ArrayList<>(lines("before_script"));
        all.addAll(ScriptReader.read("script", script.get(), report));
        return all;
    }

    private List<String> lines(String key) {
        return job.given(key)
                .map(value -> ScriptReader.lines(key, value, report))
                .orElse(List.of());
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        job.given(key)
                .map(Expected::oneOrMore)
                .orElse(List.of())
                .forEach(item -> Expected.text(key, item, report).ifPresent(texts::add));
        return texts;
    }

    private Flow flow(Optional<JobWhen> when) {
        Optional<Duration> delay =
                job.given("start_in").flatMap(value -> Times.read("start_in", value, SHORTEST, LONGEST_DELAY, report));
        if (when.equals(Optional.of(JobWhen.DELAYED)) && job.given("start_in").isEmpty()) {
            report.error(place, "job '" + name + "': 'when: delayed' needs 'start_in'");
        }
        return new Flow(
                Optional.empty(),
                Optional.empty(),
                when.flatMap(JobWhen::flow).orElse(Flow.When.ON_SUCCESS),
                delay,
                AllowFailure.NEVER,
                job.given("retry")
                        .map(value -> RetryReader.read("retry", value, report))
                        .orElse(Flow.Retry.NEVER),
                job.given("interruptible")
                        .flatMap(value -> Expected.flag("interruptible", value, report))
                        .orElse(false),
                job.given("resource_group").flatMap(value -> Expected.text("resource_group", value, report)));
    }

    private Admission admission(Optional<JobWhen> when) {
        Optional<Value> rules = job.given("rules");
        if (rules.isEmpty()) {
            return new Policies(
                    policy("only"), policy("except"), globals.workflow().isEmpty());
        }
        for (String key : List.of("only", "except")) {
            job.field(key)
                    .filter(field -> !field.value().isNothing())
                    .ifPresent(
                            field -> report.error(field.place(), "'" + key + "' cannot be used together with 'rules'"));
        }
        return RulesReader.read("rules", rules.get(), RulesReader.Kind.JOB, when.orElse(JobWhen.ON_SUCCESS), report);
    }

    private Optional<Policy> policy(String key) {
        return job.given(key).map(value -> PolicyReader.read(key, value, report));
    }
}
