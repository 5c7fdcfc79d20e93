package io.sallyport.client.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The patterns that hold in a folder, of it and of those above it. They do not change.
 *
 * @param files the weaker first
 */
record IgnoreRules(List<IgnoreFile> files) {
    /** None. */
    static IgnoreRules none() {
        return new IgnoreRules(List.of());
    }

    /** These and stronger ones. */
    IgnoreRules with(Optional<IgnoreFile> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<IgnoreFile> all = new ArrayList<>(files);
        all.add(more.get());
        return new IgnoreRules(all);
    }

    /** Whether a path is ignored; null when nothing speaks of it. */
    @Nullable
    Boolean ignores(String path, boolean folder) {
        for (int i = files.size() - 1; i >= 0; i--) {
            Boolean ignored = files.get(i).ignores(path, folder);
            if (ignored != null) {
                return ignored;
            }
        }
        return null;
    }
}
