package io.sallyport.builds.spec.merge;

import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts in what {@code !reference} stands for. A list that is put into a list becomes part of it. Looked up after
 * {@code extends}, as in GitLab.
 */
public final class References {
    /** How far a reference may lead from one to the next. */
    public static final int DEEPEST = 10;

    private static final String NAME = "!reference";

    private final Entries entries;
    private final Growth growth;
    private final Report report;

    /** References into these entries. */
    public References(Entries entries, Growth growth, Report report) {
        this.entries = entries;
        this.growth = growth;
        this.report = report;
    }

    /** The same without references; what one stands for that cannot be found is left out. */
    public Value.Fields resolve(Value.Fields fields) {
        return (Value.Fields) resolve(fields, 0).orElseThrow();
    }

    private Optional<Value> resolve(Value value, int depth) {
        growth.add(value.place(), 1);
        return switch (value) {
            case Value.Scalar scalar -> Optional.of(scalar);
            case Value.Items items -> Optional.of(items(items, depth));
            case Value.Fields fields -> Optional.of(fields(fields, depth));
            case Value.Reference reference -> target(reference, depth);
        };
    }

    private Value.Items items(Value.Items items, int depth) {
        List<Value> all = new ArrayList<>();
        for (Value item : items.items()) {
            Optional<Value> resolved = resolve(item, depth);
            if (item instanceof Value.Reference && resolved.orElse(null) instanceof Value.Items part) {
                all.addAll(part.items());
            } else {
                resolved.ifPresent(all::add);
            }
        }
        return new Value.Items(items.place(), List.copyOf(all));
    }

    private Value.Fields fields(Value.Fields fields, int depth) {
        List<Value.Field> all = new ArrayList<>();
        for (Value.Field field : fields.fields()) {
            resolve(field.value(), depth)
                    .ifPresent(value -> all.add(new Value.Field(field.place(), field.name(), value)));
        }
        return Value.Fields.of(fields.place(), all);
    }

    private Optional<Value> target(Value.Reference reference, int depth) {
        if (depth >= DEEPEST) {
            report.error(reference.place(), NAME + ": it leads through more than " + DEEPEST + " references");
            return Optional.empty();
        }
        if (reference.path().isEmpty()) {
            return Optional.empty();
        }
        String name = reference.path().getFirst();
        Optional<Value> value = entries.value(name);
        if (value.isEmpty()) {
            entries.missing(reference.place(), NAME + ": ", name);
            return Optional.empty();
        }
        for (String key : reference.path().subList(1, reference.path().size())) {
            value = value.flatMap(parent -> step(parent, key, depth));
        }
        if (value.isEmpty()) {
            notThere(reference);
        }
        return value.flatMap(found -> resolve(found, depth + 1));
    }

    private Optional<Value> step(Value parent, String key, int depth) {
        Optional<Value> inner = parent instanceof Value.Reference ? resolve(parent, depth + 1) : Optional.of(parent);
        return inner.orElse(null) instanceof Value.Fields fields ? fields.get(key) : Optional.empty();
    }

    private void notThere(Value.Reference reference) {
        String name = reference.path().getFirst();
        String words = NAME + " [" + Shown.sentence(String.join(", ", reference.path())) + "]: ";
        boolean lacking =
                entries.map(name).filter(found -> !found.lacking().isEmpty()).isPresent();
        if (lacking && entries.isOpen()) {
            report.notice(reference.place(), words + "it is not here; it may be in an included file that is not read");
        } else {
            report.error(reference.place(), words + Shown.word(name) + " has no such key");
        }
    }
}
