package io.sallyport.builds.source;

/** Something in the tree of a commit. Paths are {@code a/b/c} as the tree has them, in bytes of unknown meaning. */
@SuppressWarnings("ArrayRecordComponent") // bytes as read, not to be compared
public sealed interface CommittedEntry {
    /** Where it is. */
    byte[] path();

    /** A folder; also what a submodule leaves. */
    record Folder(byte[] path) implements CommittedEntry {}

    /** A file of {@code size} bytes. */
    record RegularFile(byte[] path, long size, boolean executable) implements CommittedEntry {}

    /** A symbolic link. */
    record SymbolicLink(byte[] path, byte[] target) implements CommittedEntry {}
}
