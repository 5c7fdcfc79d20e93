package io.sallyport.client.source;

/** Something to submit, as it was when the folder was walked. */
public sealed interface TreeEntry {
    /** Below the folder, with slashes between names. */
    String path();

    /** When it was last changed: nanoseconds since 1970. */
    long modified();

    /** What it is, as git writes it. */
    String mode();

    /** Bytes of a file. */
    default long size() {
        return 0;
    }

    /** Where a link leads; empty when it is none. */
    default String target() {
        return "";
    }

    /** A folder; only of what is no git checkout, since git knows none. */
    record Folder(String path, long modified) implements TreeEntry {
        @Override
        public String mode() {
            return "040000";
        }
    }

    /** A symbolic link. */
    record Link(String path, String target, long modified) implements TreeEntry {
        @Override
        public String mode() {
            return "120000";
        }
    }

    /**
     * A regular file.
     *
     * @param size in bytes
     * @param executable by its owner
     * @param state by which a change is noticed
     */
    record RegularFile(String path, long size, boolean executable, State state) implements TreeEntry {
        @Override
        public long modified() {
            return state.modified();
        }

        @Override
        public String mode() {
            return executable ? "100755" : "100644";
        }
    }

    /**
     * What no change of a file leaves as it is.
     *
     * @param modified nanoseconds since 1970
     * @param changed when anything of it was changed, also its time of modification; nanoseconds since 1970
     * @param inode its number
     */
    record State(long modified, long changed, long inode) {}
}
