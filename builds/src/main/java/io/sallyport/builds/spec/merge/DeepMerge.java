package io.sallyport.builds.spec.merge;

import io.sallyport.builds.spec.yaml.Value;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Puts one map over another: of a key that both have, maps are merged, and of all else the upper one's counts. */
final class DeepMerge {
    private DeepMerge() {}

    static Value.Fields of(Value.Fields base, Value.Fields over, Growth growth) {
        growth.add(over.place(), base.byName().size() + over.byName().size());
        SequencedMap<String, Value.Field> all = new LinkedHashMap<>(base.byName());
        for (Value.Field field : over.fields()) {
            all.merge(field.name(), field, (below, above) -> merged(below, above, growth));
        }
        return new Value.Fields(over.place(), all);
    }

    private static Value.Field merged(Value.Field below, Value.Field above, Growth growth) {
        return below.value() instanceof Value.Fields base && above.value() instanceof Value.Fields over
                ? new Value.Field(above.place(), above.name(), of(base, over, growth))
                : above;
    }
}
