package io.sallyport.builds.spec.job;

import io.sallyport.builds.plan.Plan.AutoCancel;
import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.keyword.VariablesReader;
import io.sallyport.builds.spec.rule.Rules;
import io.sallyport.builds.spec.rule.RulesReader;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads what stands at the top of a spec besides its jobs. */
public final class GlobalsReader {
    /** Before all other stages. */
    public static final String FIRST = ".pre";

    /** After all other stages. */
    public static final String LAST = ".post";

    private static final List<String> USUAL_STAGES = List.of("build", "test", "deploy");
    private static final List<String> WORKFLOW = List.of("rules", "name", "auto_cancel");

    private final Value.Fields top;
    private final Report report;

    /** Reads it from these entries, references resolved. */
    public GlobalsReader(Value.Fields top, Report report) {
        this.top = top;
        this.report = report;
    }

    /** What it says. */
    public Globals read() {
        Map<String, Variable> variables = top.given("variables")
                .map(value -> VariablesReader.read("variables", value, report))
                .orElse(Map.of());
        Optional<Value.Fields> workflow =
                top.given("workflow").flatMap(value -> Expected.fields("workflow", value, report));
        workflow.ifPresent(map -> Expected.onlyKeys("workflow", map, WORKFLOW, report));
        Optional<Rules> rules = workflow.flatMap(map -> map.given("rules"))
                .map(value -> RulesReader.read("workflow: rules", value, RulesReader.Kind.WORKFLOW, report));
        return new Globals(
                stages(),
                variables,
                top.given("variables").filter(Value.Fields.class::isInstance).map(Value.Fields.class::cast),
                defaults(),
                workflow.flatMap(map -> map.given("name"))
                        .flatMap(value -> Expected.text("workflow: name", value, report)),
                rules,
                workflow.flatMap(map -> map.given("auto_cancel"))
                        .flatMap(value -> RulesReader.autoCancel("workflow: auto_cancel", value, report))
                        .orElse(AutoCancel.CONSERVATIVE));
    }

    private List<String> stages() {
        List<String> stages = new ArrayList<>(List.of(FIRST));
        Optional<Value> written = top.given("stages");
        if (written.isEmpty()) {
            stages.addAll(USUAL_STAGES);
        }
        written.flatMap(value -> Expected.items("stages", value, report)).orElse(List.of()).stream()
                .map(item -> Expected.text("stages", item, report))
                .flatMap(Optional::stream)
                .filter(stage -> !stage.equals(LAST))
                .forEach(stages::add);
        stages.add(LAST);
        return stages.stream().distinct().toList();
    }

    private Value.Fields defaults() {
        SequencedMap<String, Value.Field> all = new LinkedHashMap<>();
        Optional<Value.Fields> written =
                top.given("default").flatMap(value -> Expected.fields("default", value, report));
        written.ifPresent(map -> {
            Expected.onlyKeys("default", map, Keys.DEFAULTS, report);
            map.fields().stream()
                    .filter(field -> !field.value().isNothing())
                    .forEach(field -> all.put(field.name(), field));
        });
        for (String key : Keys.OLD_DEFAULTS) {
            top.field(key).filter(field -> !field.value().isNothing()).ifPresent(field -> {
                if (all.putIfAbsent(key, field) != null) {
                    report.error(field.place(), "'" + key + "' is given here and in 'default'");
                }
            });
        }
        return new Value.Fields(top.place(), all);
    }
}
