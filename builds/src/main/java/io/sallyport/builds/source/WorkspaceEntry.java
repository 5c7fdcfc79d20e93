package io.sallyport.builds.source;

import java.time.Instant;

/**
 * Something to be put into a workspace. Its path is relative, {@code a/b/c}, without {@code .} and {@code ..} and not
 * empty. Permissions are the lower nine bits of a mode.
 */
public sealed interface WorkspaceEntry {
    /** Where it belongs inside the workspace. */
    String path();

    /** A folder, possibly one that is there already. */
    record Folder(String path, int permissions, Instant modified) implements WorkspaceEntry {}

    /** A regular file of {@code size} bytes. */
    record RegularFile(String path, long size, int permissions, Instant modified) implements WorkspaceEntry {}

    /** A symbolic link. Its {@code target} may lead anywhere: whoever handles a workspace follows none. */
    record SymbolicLink(String path, String target, Instant modified) implements WorkspaceEntry {}

    /** Another name of the regular file at the path {@code target}, which came before. */
    record HardLink(String path, String target) implements WorkspaceEntry {}
}
