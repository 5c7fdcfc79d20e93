package io.sallyport.builds.spec.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Files of a source while one spec is read: looked at once, and only when asked for. Failures come unchecked. */
public final class SourceView {
    private final SourceFiles files;
    private @Nullable SortedSet<String> paths;

    /** A view of these. */
    public SourceView(SourceFiles files) {
        this.files = files;
    }

    /** Whether they can be looked at. */
    public boolean known() {
        return files.known();
    }

    /** All paths. */
    public SortedSet<String> paths() {
        SortedSet<String> all = paths;
        if (all == null) {
            try {
                all = Collections.unmodifiableSortedSet(files.paths());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            paths = all;
        }
        return all;
    }

    /** The first bytes of those that are there. */
    public Map<String, byte[]> contents(Set<String> wanted, int most) {
        try {
            return wanted.isEmpty() ? Map.of() : files.contents(wanted, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of those that are there. */
    public Digests digests(Set<String> wanted) {
        try {
            return new Digests(wanted.isEmpty() ? Map.of() : new HashMap<>(files.digests(wanted)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Digests of files that have been looked up. */
    public record Digests(Map<String, String> byPath) {
        /** Of one. */
        public Optional<String> of(String path) {
            return Optional.ofNullable(byPath.get(path));
        }
    }
}
