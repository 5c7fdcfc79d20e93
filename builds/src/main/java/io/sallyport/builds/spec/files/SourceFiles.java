package io.sallyport.builds.spec.files;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * The files beside a spec. Asked only where a spec needs them, as looking may mean to read all of a source: once for
 * the paths, and once for each set of files that is asked for. For one thread.
 */
public interface SourceFiles {
    /** Whether they can be looked at: a text that came alone has none that are known. */
    boolean known();

    /**
     * The paths of all files and links, relative to the top, with {@code /} between names.
     *
     * @throws IOException when the source cannot be read
     */
    SortedSet<String> paths() throws IOException;

    /**
     * The first bytes of files.
     *
     * @param paths of these; what is no regular file of the source is left out of the answer
     * @param most bytes of each
     * @throws IOException when the source cannot be read
     */
    Map<String, byte[]> contents(Set<String> paths, int most) throws IOException;

    /**
     * SHA-256 of files, in lower-case hexadecimal.
     *
     * @param paths of these; what is no regular file of the source is left out of the answer
     * @throws IOException when the source cannot be read
     */
    Map<String, String> digests(Set<String> paths) throws IOException;

    /** The files of a text that came alone. */
    static SourceFiles unknown() {
        return new SourceFiles() {
            @Override
            public boolean known() {
                return false;
            }

            @Override
            public SortedSet<String> paths() {
                return Collections.emptySortedSet();
            }

            @Override
            public Map<String, byte[]> contents(Set<String> paths, int most) {
                return Map.of();
            }

            @Override
            public Map<String, String> digests(Set<String> paths) {
                return Map.of();
            }
        };
    }
}
