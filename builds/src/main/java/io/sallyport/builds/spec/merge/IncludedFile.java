package io.sallyport.builds.spec.merge;

import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of a spec, with the files that it includes. */
final class IncludedFile {
    private final String path;
    private final Optional<IncludedFile> by;
    private final Value.Fields top;
    private final List<IncludedFile> included = new ArrayList<>();

    IncludedFile(String path, Optional<IncludedFile> by, Value.Fields top) {
        this.path = path;
        this.by = by;
        this.top = top;
    }

    Value.Fields top() {
        return top;
    }

    void add(IncludedFile file) {
        included.add(file);
    }

    /** Whether it is that file, or is included by it. */
    boolean isWithin(String other) {
        return path.equals(other) || by.map(file -> file.isWithin(other)).orElse(false);
    }

    int depth() {
        return 1 + by.map(IncludedFile::depth).orElse(0);
    }

    /** What it includes, one file over the other, and itself over all of them. */
    Value.Fields merged(Growth growth) {
        Value.Fields below = Value.Fields.of(top.place(), List.of());
        for (IncludedFile file : included) {
            below = DeepMerge.of(below, file.merged(growth), growth);
        }
        return DeepMerge.of(below, top.without(List.of(Includes.KEY)), growth);
    }
}
