package io.sallyport.builds.spec.rule;

import io.sallyport.builds.plan.Plan.AutoCancel;
import io.sallyport.builds.spec.keyword.JobWhen;
import io.sallyport.builds.spec.keyword.NeedsReader;
import io.sallyport.builds.spec.keyword.RetryReader;
import io.sallyport.builds.spec.keyword.Times;
import io.sallyport.builds.spec.keyword.VariablesReader;
import io.sallyport.builds.spec.keyword.Words;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rules: a list of maps, in which lists may stand for their rules. */
public final class RulesReader {
    private static final int DEEPEST = 10;
    private static final int MOST_FILES = 50;
    private static final List<String> TESTS = List.of("if", "changes", "exists");

    private final String key;
    private final Kind kind;
    private final Report report;
    private final List<Rule> rules = new ArrayList<>();

    /** What the rules decide about. */
    public enum Kind {
        /** A job. */
        JOB(
                List.of("when", "allow_failure", "variables", "start_in", "needs", "interruptible"),
                List.of(JobWhen.values()),
                JobWhen.ON_SUCCESS),
        /** Whether there is a build at all. */
        WORKFLOW(List.of("when", "variables", "auto_cancel"), List.of(JobWhen.ALWAYS, JobWhen.NEVER), JobWhen.ALWAYS),
        /** Whether a file is included. */
        INCLUDE(List.of("when"), List.of(JobWhen.ALWAYS, JobWhen.NEVER), JobWhen.ALWAYS);

        private final List<String> keys;
        private final List<JobWhen> words;
        private final JobWhen usual;

        Kind(List<String> keys, List<JobWhen> words, JobWhen usual) {
            this.keys = keys;
            this.words = words;
            this.usual = usual;
        }
    }

    private RulesReader(String key, Kind kind, Report report) {
        this.key = key;
        this.kind = kind;
        this.report = report;
    }

    /** The rules; those that do not say what they decide, decide what is usual. */
    public static Rules read(String key, Value value, Kind kind, Report report) {
        return read(key, value, kind, kind.usual, report);
    }

    /** The same, with what a rule decides that does not say it. */
    public static Rules read(String key, Value value, Kind kind, JobWhen usual, Report report) {
        RulesReader reader = new RulesReader(key, kind, report);
        Expected.items(key, value, report).ifPresent(items -> items.forEach(item -> reader.flatten(item, 1)));
        return new Rules(reader.rules, usual);
    }

    private void flatten(Value item, int depth) {
        switch (item) {
            case Value.Items list
            when depth >= DEEPEST ->
                report.error(list.place(), key + ": lists are nested more than " + DEEPEST + " deep");
            case Value.Items list -> list.items().forEach(inner -> flatten(inner, depth + 1));
            case Value.Fields map -> rules.add(rule(map));
            case Value.Scalar scalar -> Expected.mismatch(key, "a rule, a map", scalar, report);
            case Value.Reference reference -> Expected.mismatch(key, "a rule, a map", reference, report);
        }
    }

    private Rule rule(Value.Fields map) {
        List<String> known = new ArrayList<>(TESTS);
        known.addAll(kind.keys);
        Expected.onlyKeys(key, map, known, report);
        Rule.Test test = new Rule.Test(
                map.given("if").flatMap(value -> Condition.read(key + ": if", value, report)),
                map.given("changes").map(value -> globs("changes", List.of("paths", "compare_to"), value)),
                map.given("exists").map(value -> globs("exists", List.of("paths", "project", "ref"), value)));
        Optional<JobWhen> when = map.given("when").flatMap(this::when);
        return new Rule(
                map.place(),
                test,
                when,
                map.given("allow_failure")
                        .flatMap(value -> RetryReader.allowed(key + ": allow_failure", value, report)),
                map.given("variables")
                        .map(value -> VariablesReader.read(key + ": variables", value, report))
                        .orElse(Map.of()),
                delay(map, when),
                map.given("needs").map(value -> NeedsReader.needs(key + ": needs", value, report)),
                map.given("interruptible").flatMap(value -> Expected.flag(key + ": interruptible", value, report)),
                map.given("auto_cancel").flatMap(value -> autoCancel(key + ": auto_cancel", value, report)));
    }

    private Optional<JobWhen> when(Value value) {
        return Words.read(key + ": when", value, kind.words, report);
    }

    private Optional<Duration> delay(Value.Fields map, Optional<JobWhen> when) {
        Optional<Value> written = map.given("start_in");
        if (written.isEmpty() && when.equals(Optional.of(JobWhen.DELAYED))) {
            report.error(map.place(), key + ": 'when: delayed' needs 'start_in'");
        }
        return written.flatMap(value -> Times.read(key + ": start_in", value, report));
    }

    /** Which builds a newer one makes superfluous. */
    public static Optional<AutoCancel> autoCancel(String key, Value value, Report report) {
        Optional<Value.Fields> fields = Expected.fields(key, value, report);
        fields.ifPresent(map -> {
            Expected.onlyKeys(key, map, List.of("on_new_commit", "on_job_failure"), report);
            map.field("on_job_failure")
                    .ifPresent(field -> report.notice(field.place(), key + ": 'on_job_failure' changes nothing here"));
        });
        return fields.flatMap(map -> map.given("on_new_commit"))
                .flatMap(word -> Words.read(key + ".on_new_commit", word, List.of(AutoCancel.values()), report));
    }

    private List<String> globs(String name, List<String> known, Value value) {
        if (!(value instanceof Value.Fields map)) {
            return globs(name, value);
        }
        Expected.onlyKeys(key + ": " + name, map, known, report);
        Optional<Value> paths = map.given("paths");
        if (paths.isEmpty()) {
            report.error(map.place(), key + ": " + name + ": 'paths' is missing");
        }
        return paths.map(list -> globs(name, list)).orElse(List.of());
    }

    private List<String> globs(String name, Value list) {
        List<Value> items = Expected.oneOrMore(list);
        if (items.size() > MOST_FILES) {
            report.error(items.get(MOST_FILES).place(), key + ": " + name + ": more than " + MOST_FILES + " patterns");
        }
        List<String> globs = new ArrayList<>();
        items.forEach(item -> Expected.text(key + ": " + name, item, report).ifPresent(globs::add));
        return globs;
    }
}
