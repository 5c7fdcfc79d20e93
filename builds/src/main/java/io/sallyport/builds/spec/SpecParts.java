package io.sallyport.builds.spec;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.Globals;
import io.sallyport.builds.spec.job.GlobalsReader;
import io.sallyport.builds.spec.job.JobBounds;
import io.sallyport.builds.spec.job.JobReader;
import io.sallyport.builds.spec.job.Keys;
import io.sallyport.builds.spec.merge.Entries;
import io.sallyport.builds.spec.merge.Growth;
import io.sallyport.builds.spec.merge.References;
import io.sallyport.builds.spec.rule.Decision;
import io.sallyport.builds.spec.rule.FileSearch;
import io.sallyport.builds.spec.rule.Rule;
import io.sallyport.builds.spec.rule.Situation;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import io.sallyport.builds.variable.Expansion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts the entries of a spec into what holds for all and the jobs. */
final class SpecParts {
    /** The one job of the short form, and its stage. */
    private static final String BUILD = "build";

    private static final String SCRIPT = "script";
    private static final String USUAL_STAGE = "test";
    private static final String HIDDEN = ".";
    private static final int LONGEST_NAME = 255;

    private final Value.Fields top;
    private final boolean open;
    private final PlanContext context;
    private final PlanContext.Bounds bounds;
    private final FileSearch search;
    private final Effort patterns;
    private final Growth growth;
    private final Report report;
    private final Entries entries;
    private final References references;

    SpecParts(
            Value.Fields top,
            boolean open,
            PlanContext context,
            FileSearch search,
            Effort patterns,
            Growth growth,
            Report report) {
        this.top = top;
        this.open = open;
        this.context = context;
        this.bounds = context.bounds();
        this.search = search;
        this.patterns = patterns;
        this.growth = growth;
        this.report = report;
        this.entries = new Entries(top, open, growth, report);
        this.references = new References(entries, growth, report);
    }

    Spec read() {
        return script().map(this::shortForm).orElseGet(this::full);
    }

    /** A script at the top, where GitLab could have a job of that name at most; or what is meant to be one. */
    private Optional<Value> script() {
        Optional<Value> script = top.get(SCRIPT);
        return script.isPresent() || top.fields().stream().anyMatch(SpecParts::isJobWithScript)
                ? script.filter(value -> !(value instanceof Value.Fields))
                : top.fields().stream()
                        .filter(field -> !(field.value() instanceof Value.Fields) && Keys.isMeant(SCRIPT, field.name()))
                        .map(Value.Field::value)
                        .findFirst();
    }

    private Spec shortForm(Value script) {
        List<Value.Field> own = new ArrayList<>(top.fields().stream()
                .filter(field -> !isHidden(field) && !isJobBeside(field))
                .toList());
        own.add(new Value.Field(script.place(), SCRIPT, script)); // so that a mistyped one is one error
        Value.Fields job = Value.Fields.of(top.place(), own);
        Globals globals = new GlobalsReader(Value.Fields.of(top.place(), List.of()), report).read();
        // It is an entry of its own, so that it can extend hidden ones.
        List<Value.Field> all = new ArrayList<>(
                top.fields().stream().filter(SpecParts::isHidden).toList());
        all.add(new Value.Field(top.place(), BUILD, job));
        SpecParts inner =
                new SpecParts(Value.Fields.of(top.place(), all), open, context, search, patterns, growth, report);
        Draft draft = inner.job(new Value.Field(top.place(), BUILD, job), globals, BUILD);
        return new Spec(globals, Optional.empty(), List.of(draft), open);
    }

    private boolean isJobBeside(Value.Field field) {
        boolean job = isJobWithScript(field);
        if (job) {
            report.error(
                    field.place(),
                    "job " + Shown.word(field.name())
                            + " stands beside a 'script' at the top: that one needs a name, too, if there are several");
        }
        return job;
    }

    private static boolean isJobWithScript(Value.Field field) {
        return !Keys.isOfJob(field.name())
                && field.value() instanceof Value.Fields fields
                && fields.get(SCRIPT).isPresent();
    }

    private Spec full() {
        Value.Fields known = references.resolve(Value.Fields.of(
                top.place(),
                top.fields().stream()
                        .filter(field -> Keys.TOP.contains(field.name()))
                        .toList()));
        Globals globals = new GlobalsReader(known, report).read();
        checkDefaults(globals);
        List<Value.Field> jobs = top.fields().stream().filter(this::isJob).toList();
        if (jobs.size() > bounds.jobs()) {
            throw new Halt(jobs.get(bounds.jobs()).place(), "the spec has more than " + bounds.jobs() + " jobs");
        }
        if (jobs.isEmpty()) {
            none();
        }
        Optional<Decision> workflow = globals.workflow().map(rules -> rules.decide(situation(globals)));
        Globals decided = globals.with(variables(workflow));
        return new Spec(
                decided,
                workflow,
                jobs.stream().map(field -> job(field, decided, USUAL_STAGE)).toList(),
                open);
    }

    /** Reads them alone as well: nobody else does when each job has its own, and a job by such a name would be lost. */
    private void checkDefaults(Globals globals) {
        Value script = new Value.Scalar(top.place(), Value.Kind.STRING, "true", -1);
        Value.Fields nothingElse = Value.Fields.of(top.place(), List.of(new Value.Field(top.place(), SCRIPT, script)));
        new JobReader(BUILD, top.place(), nothingElse, globals, jobBounds(), report.ofErrors())
                .read(USUAL_STAGE, Optional.empty());
    }

    private JobBounds jobBounds() {
        return new JobBounds(bounds.timeout(), bounds.longestTimeout(), bounds.jobs());
    }

    private Situation situation(Globals globals) {
        Expansion variables = Expansion.of(context.predefined(), globals.variables(), context.given());
        return new Situation(variables, search, patterns, report);
    }

    /** Those of the rule that has decided, which are stronger than those at the top. */
    private static Map<String, Variable> variables(Optional<Decision> workflow) {
        return workflow.flatMap(decision -> decision instanceof Decision.In in ? in.rule() : Optional.empty())
                .map(Rule::variables)
                .orElse(Map.of());
    }

    private void none() {
        if (open) {
            report.notice(top.place(), "no job is defined here; the included files are not read");
        } else if (report.clean()) {
            report.error(
                    top.place(), "there is no job: neither a 'script' at the top nor a job with a name of its own");
        }
    }

    private boolean isJob(Value.Field field) {
        if (Keys.TOP.contains(field.name()) || isHidden(field)) {
            return false;
        }
        if (field.value() instanceof Value.Fields) {
            return true;
        }
        report.error(field.place(), () -> strange(field));
        return false;
    }

    private static String strange(Value.Field field) {
        if (Keys.isOfJob(field.name())) {
            return Shown.word(field.name()) + " is a key of jobs; it stands in one, or in 'default'"
                    + Nearest.slip(field.name(), Keys.TOP)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("");
        }
        return "unknown key " + Shown.word(field.name())
                + Nearest.to(field.name(), Keys.TOP)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse(": a job is a map, found " + field.value().described());
    }

    private static boolean isHidden(Value.Field field) {
        return field.name().startsWith(HIDDEN);
    }

    private Draft job(Value.Field field, Globals globals, String usualStage) {
        String name = field.name();
        Report about = report.about(name);
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            about.error(field.place(), "a job's name has 1 to " + LONGEST_NAME + " characters, none of them a control");
        }
        Entries.Extended extended = entries.map(name).orElseThrow();
        Optional<String> lacking = lacking(extended);
        return new JobReader(name, field.place(), references.resolve(extended.fields()), globals, jobBounds(), about)
                .read(usualStage, lacking);
    }

    private Optional<String> lacking(Entries.Extended extended) {
        if (!open) {
            return Optional.empty();
        }
        return Optional.of(
                extended.lacking().isEmpty()
                        ? "its script may be in an included file that is not read"
                        : "its script may be in "
                                + Shown.word(extended.lacking().iterator().next())
                                + ", of an included file that is not read");
    }
}
