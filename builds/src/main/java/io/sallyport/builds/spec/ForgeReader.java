package io.sallyport.builds.spec;

import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.GlobalsReader;
import io.sallyport.builds.spec.keyword.ImageReader;
import io.sallyport.builds.spec.keyword.Parallel;
import io.sallyport.builds.spec.keyword.PortsReader;
import io.sallyport.builds.spec.keyword.ScriptReader;
import io.sallyport.builds.spec.keyword.VariablesReader;
import io.sallyport.builds.spec.rule.Policies;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files of a forge: one job, with its commands under {@code execute}. */
final class ForgeReader {
    private static final String BUILD = "build";
    private static final String ENVIRONMENT = "environment";
    private static final List<String> KEYS = List.of("image", ENVIRONMENT, "execute", "ports");

    private final Value.Fields top;
    private final PlanContext.Bounds bounds;
    private final Report report;

    ForgeReader(Value.Fields top, PlanContext.Bounds bounds, Report report) {
        this.top = top;
        this.bounds = bounds;
        this.report = report;
    }

    Spec read() {
        Expected.onlyKeys("", top, KEYS, report);
        if (top.get("execute").isEmpty()) {
            report.error(top.place(), "'execute' is missing: the commands to run");
        }
        Work work = new Work(
                top.given("image").flatMap(value -> ImageReader.read("image", value, report)),
                List.of(),
                top.get("execute")
                        .map(value -> ScriptReader.read("execute", value, report))
                        .orElse(List.of()),
                List.of(),
                Map.of(),
                bounds.timeout(),
                List.of(),
                ports());
        Draft draft = new Draft(
                top.place(),
                top.place(),
                JobSpec.of(BUILD, BUILD, work),
                Map.of(),
                environment(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Parallel.SINGLE,
                new Policies(Optional.empty(), Optional.empty(), false),
                Optional.empty());
        return new Spec(
                new GlobalsReader(Value.Fields.of(top.place(), List.of()), report).read(),
                Optional.empty(),
                List.of(draft),
                false);
    }

    private List<Integer> ports() {
        return top.given("ports")
                .map(value -> PortsReader.read("ports", value, report))
                .orElse(List.of());
    }

    /** A map, or a list of {@code NAME=value}; values are taken as they are. */
    private Map<String, Variable> environment() {
        Map<String, Variable> variables = new LinkedHashMap<>();
        top.given(ENVIRONMENT)
                .map(value -> value instanceof Value.Items list ? pairs(list) : value)
                .map(value -> VariablesReader.read(ENVIRONMENT, value, report))
                .orElse(Map.of())
                .forEach((name, variable) -> variables.put(name, new Variable(variable.value(), false)));
        return variables;
    }

    private Value pairs(Value.Items list) {
        List<Value.Field> fields = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<String> text = Expected.text(ENVIRONMENT, item, report);
            int sign = text.map(pair -> pair.indexOf('=')).orElse(0);
            if (sign > 0) {
                Value value = new Value.Scalar(
                        item.place(), Value.Kind.STRING, text.get().substring(sign + 1), -1);
                fields.add(new Value.Field(item.place(), text.get().substring(0, sign), value));
            } else if (text.isPresent()) {
                report.error(
                        item.place(), ENVIRONMENT + ": " + Shown.word(text.get()) + " is not of the form NAME=value");
            }
        }
        return Value.Fields.of(list.place(), fields);
    }
}
