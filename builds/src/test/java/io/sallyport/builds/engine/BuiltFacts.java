package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.log.LogItem;
import io.sallyport.builds.log.LogRecord;
import io.sallyport.builds.log.LogRecords;
import io.sallyport.builds.log.LogSelection;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.spec.SpecError;
import io.sallyport.builds.spec.keyword.TimeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has become of a build, a line for each thing that can be said of it. */
final class BuiltFacts {
    private static final String SAYS = ".says: ";
    private static final Pattern PLACE = Pattern.compile("^\\S+:\\d+:\\d+: ");

    private final List<String> lines = new ArrayList<>();

    private BuiltFacts() {}

    /** The facts of a build that has ended. */
    static List<String> of(EngineHouse house, Build build) throws IOException {
        BuiltFacts facts = new BuiltFacts();
        facts.plan(house.builds().plan(build.id()).orElseThrow());
        facts.add("jobs: " + EngineHouse.states(build));
        facts.add("build: " + build.state().label()
                + build.reason().map(reason -> ": " + reason).orElse(""));
        build.jobs().forEach(facts::job);
        house.engine()
                .files()
                .visible(build)
                .forEach(artifact -> facts.add("artifact: " + artifact.path() + " of " + artifact.job()));
        try (LogRecords records = house.engine().logs().records(build, LogSelection.ALL, 0, false)) {
            facts.log(records);
        }
        return facts.lines;
    }

    /** The facts of one that was not made. */
    static List<String> of(Refusal refusal) {
        BuiltFacts facts = new BuiltFacts();
        switch (refusal) {
            case Refusal.BadSpec bad -> bad.errors().forEach(error -> facts.add(error(bad.file(), error)));
            case Refusal.NoJobs none -> {
                facts.add("no jobs");
                none.leftOut().forEach(facts::out);
                none.notices().forEach(notice -> facts.add("notice: " + notice.text()));
            }
            default -> facts.add("refused: " + refusal);
        }
        return facts.lines;
    }

    private static String error(String file, SpecError error) {
        return "error: " + (error.file().equals(file) ? "" : error.file() + ":") + error.line() + ":" + error.column()
                + " " + error.message();
    }

    /** What is not as expected; empty when all is. */
    static List<String> against(List<String> expected, List<String> facts) {
        List<String> wrong = new ArrayList<>();
        TreeSet<String> exact =
                new TreeSet<>(List.of("jobs", "no jobs", "build", "artifact", "error", "out", "notice"));
        expected.stream()
                .filter(fact -> fact.contains(SAYS))
                .map(BuiltFacts::kind)
                .forEach(exact::add);
        facts.stream()
                .filter(fact -> exact.contains(kind(fact)) && !expected.contains(fact))
                .forEach(fact -> wrong.add("there is: " + fact));
        expected.stream().filter(fact -> !facts.contains(fact)).forEach(fact -> wrong.add("there is no: " + fact));
        return wrong;
    }

    /** What stands before the colon: the job and what is said of it, or what is said of the whole. */
    private static String kind(String fact) {
        int says = fact.indexOf(SAYS);
        return says >= 0 ? fact.substring(0, says) : fact.split(": ", 2)[0];
    }

    private void add(String line) {
        lines.add(line.strip());
    }

    private void plan(Plan plan) {
        plan.name().ifPresent(name -> add("name: " + name));
        plan.leftOut().forEach(this::out);
        plan.jobs().forEach(job -> {
            String name = job.name();
            job.artifacts()
                    .expireIn()
                    .ifPresent(time -> add(name + ".keeps: "
                            + (time.equals(ArtifactRules.FOR_EVER) ? "for ever" : TimeText.of(time))));
            job.artifacts().name().ifPresent(shown -> add(name + ".artifacts: " + shown));
            job.work().image().ifPresent(image -> add(name + ".image: " + image.name()));
            job.environment().ifPresent(where -> add(name + ".environment: " + where.name()));
            if (!job.work().tags().isEmpty()) {
                add(name + ".tags: " + String.join(", ", job.work().tags()));
            }
            if (!job.work().ports().isEmpty()) {
                add(name + ".ports: " + job.work().ports());
            }
        });
    }

    private void out(Plan.LeftOut out) {
        add("out: " + out.job() + ": " + out.why());
    }

    private void job(Job job) {
        String name = job.name();
        job.reason().ifPresent(reason -> add(name + ".reason: " + reason));
        job.course().exitCode().ifPresent(code -> add(name + ".exit: " + code));
        add(name + ".attempt: " + job.course().attempt());
        add(name + ".may fail: " + job.terms().allowFailure());
        job.course()
                .due()
                .ifPresent(due -> add(
                        name + ".waited: " + !job.course().started().orElse(due).isBefore(due)));
        job.findings().coverage().ifPresent(percent -> add(name + ".coverage: " + percent));
        job.findings()
                .tests()
                .ifPresent(tests -> add(name + ".tests: " + tests.total() + ", failed " + tests.failed()));
    }

    private void log(LogRecords records) throws IOException {
        List<String> begun = new ArrayList<>();
        for (@Nullable LogItem item = records.next(); item instanceof LogRecord record; item = records.next()) {
            String text = record.text().strip();
            switch (record.stream()) {
                case OUT -> add(record.job() + SAYS + text);
                case ERR -> {}
                case SYSTEM -> {
                    if (text.matches("job .* on process.*")) {
                        begun.add(record.job());
                    }
                    if (record.job().isEmpty() && text.startsWith("NOTICE: ")) {
                        add("notice: "
                                + PLACE.matcher(text.substring(text.indexOf(' ') + 1))
                                        .replaceFirst(""));
                    }
                    add(record.job() + ".log: " + text.replaceFirst(" \\([0-9.]+ s\\)$", ""));
                }
            }
        }
        add("begun: " + begun.stream().collect(Collectors.joining(" ")));
    }
}
