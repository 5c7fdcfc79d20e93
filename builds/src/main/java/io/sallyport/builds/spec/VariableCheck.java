package io.sallyport.builds.spec;

import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.Globals;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import io.sallyport.builds.variable.Expansion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds variables of a spec that refer to themselves or to each other in a circle, or that grow too large. */
final class VariableCheck {
    private final Globals globals;
    private final Report report;

    VariableCheck(Globals globals, Report report) {
        this.globals = globals;
        this.report = report;
    }

    /** Reports those of a job. */
    void check(Draft draft) {
        Map<String, Variable> all = new LinkedHashMap<>(draft.inherited());
        all.putAll(draft.variables());
        if (all.values().stream().noneMatch(variable -> variable.value().indexOf('$') >= 0)) {
            return;
        }
        Expansion expansion = new Expansion(all);
        List<List<String>> circles = expansion.circles();
        if (!circles.isEmpty()) {
            circles.forEach(circle -> report.error(place(circle.getFirst(), draft), sentence(circle)));
            return;
        }
        expansion.values();
        expansion.cut().stream()
                .sorted()
                .findFirst()
                .ifPresent(name -> report.error(
                        place(name, draft),
                        "variable " + Shown.word(name) + ": with what it refers to it is longer than "
                                + Expansion.LONGEST + " characters, or it leads through more than " + Expansion.DEEPEST
                                + " variables"));
    }

    private static String sentence(List<String> circle) {
        return circle.size() > 2
                ? "variables refer to each other in a circle: " + Shown.sentence(String.join(" → ", circle))
                : "variable " + Shown.word(circle.getFirst())
                        + " refers to itself; what the project or the submitter gives by that name counts without it, "
                        + "and what the shell has is extended in a script";
    }

    private Place place(String name, Draft draft) {
        return Stream.of(draft.written(), globals.written())
                .flatMap(Optional::stream)
                .map(fields -> fields.field(name))
                .flatMap(Optional::stream)
                .map(Value.Field::place)
                .findFirst()
                .orElse(draft.place());
    }
}
