package io.sallyport.builds.source;

import java.time.Instant;

/** An entry of a source that has passed all checks. Its path is relative, {@code a/b/c}; the folder itself is empty. */
sealed interface Entry {
    /** Where it is inside the folder. */
    String path();

    /** A folder, possibly one that was there before. */
    record Folder(String path, Instant modified) implements Entry {}

    /** A regular file of {@code size} bytes. */
    record RegularFile(String path, long size, boolean executable, Instant modified) implements Entry {}

    /** A symbolic link whose {@code target}, as given, stays inside the folder. */
    record SymbolicLink(String path, String target, Instant modified) implements Entry {}

    /** Another name of the regular file at the path {@code target}, which came before. */
    record HardLink(String path, String target) implements Entry {}
}
