package io.sallyport.builds.spec.merge;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * The entries at the top of a spec, each with what it extends. Where files are included that cannot be followed, names
 * that are not there may be theirs: that is a notice, else it is an error.
 */
public final class Entries {
    /** How far {@code extends} may lead from one entry to the next. */
    public static final int DEEPEST = 10;

    private static final String EXTENDS = "extends";

    private final Value.Fields top;
    private final boolean open;
    private final Growth growth;
    private final Report report;
    private final Map<String, Extended> known = new HashMap<>();
    private final SequencedSet<String> way = new LinkedHashSet<>();

    /** The entries of a spec; {@code open} when files are included that cannot be followed. */
    public Entries(Value.Fields top, boolean open, Growth growth, Report report) {
        this.top = top;
        this.open = open;
        this.growth = growth;
        this.report = report;
    }

    /**
     * An entry with what it extends.
     *
     * @param fields all of them, the nearest counting
     * @param depth of what it extends
     * @param lacking names that it extends and that are not there
     */
    public record Extended(Value.Fields fields, int depth, Set<String> lacking) {}

    /** Whether files are included that cannot be followed. */
    public boolean isOpen() {
        return open;
    }

    /** An entry that is a map. */
    public Optional<Extended> map(String name) {
        Optional<Value> value = top.get(name);
        return value.isPresent() && value.get() instanceof Value.Fields fields
                ? Optional.of(extended(name, fields))
                : Optional.empty();
    }

    /** Any entry. */
    Optional<Value> value(String name) {
        Optional<Value> value = top.get(name);
        return value.isPresent() && value.get() instanceof Value.Fields fields
                ? Optional.of(extended(name, fields).fields)
                : value;
    }

    /** Says that an entry is not there, with the nearest that is. */
    void missing(Place place, String prefix, String name) {
        if (open) {
            report.notice(
                    place, prefix + Shown.word(name) + " is not here; it may be in an included file that is not read");
        } else {
            report.error(
                    place,
                    prefix + Shown.word(name) + " is not there"
                            + Nearest.to(name, top.byName().keySet())
                                    .map(near -> ", did you mean '" + near + "'?")
                                    .orElse(""));
        }
    }

    private Extended extended(String name, Value.Fields fields) {
        Optional<Value> parents = fields.given(EXTENDS);
        if (parents.isEmpty()) {
            return new Extended(fields, 0, Set.of());
        }
        Extended done = known.get(name);
        if (done == null) {
            way.add(name);
            done = extend(fields, parents.get());
            way.remove(name);
            known.put(name, done);
        }
        return done;
    }

    private Extended extend(Value.Fields fields, Value parents) {
        Value.Fields base = Value.Fields.of(fields.place(), Set.of());
        Set<String> lacking = new HashSet<>();
        int depth = 0;
        for (Value parent : Expected.oneOrMore(parents)) {
            Optional<Extended> extended =
                    Expected.text(EXTENDS, parent, report).flatMap(name -> parent(name, parent.place(), lacking));
            if (extended.isPresent()) {
                base = DeepMerge.of(base, extended.get().fields, growth);
                depth = Math.max(depth, 1 + extended.get().depth);
                lacking.addAll(extended.get().lacking);
            }
        }
        if (depth > DEEPEST) {
            report.error(parents.place(), EXTENDS + ": it leads through more than " + DEEPEST + " entries");
        }
        return new Extended(DeepMerge.of(base, fields, growth), depth, lacking);
    }

    private Optional<Extended> parent(String name, Place place, Set<String> lacking) {
        if (way.contains(name)) {
            report.error(place, EXTENDS + ": it goes in a circle: " + circle(name));
            return Optional.empty();
        }
        if (way.size() > 2 * DEEPEST) {
            report.error(place, EXTENDS + ": it leads through more than " + DEEPEST + " entries");
            return Optional.empty();
        }
        Optional<Value> value = top.get(name);
        if (value.isEmpty()) {
            missing(place, EXTENDS + ": ", name);
            lacking.add(name);
            return Optional.empty();
        }
        return Expected.fields(EXTENDS + ": " + Shown.word(name), value.get().at(place), report)
                .map(fields -> extended(name, fields.at(value.get().place())));
    }

    private String circle(String name) {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (String step : way) {
            inside |= step.equals(name);
            text.append(inside ? step + " → " : "");
        }
        return Shown.sentence(text + name);
    }
}
