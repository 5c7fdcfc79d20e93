package io.sallyport.client.source;

import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** Something to submit, as it was when the folder was walked. */
public sealed interface TreeEntry {
    /** Below the folder, with slashes between names. */
    String path();

    /** When it was last changed. */
    FileTime modified();

    /** A folder; only of what is no git checkout, since git knows none. */
    record Folder(String path, FileTime modified) implements TreeEntry {}

    /** A symbolic link. */
    record Link(String path, String target, FileTime modified) implements TreeEntry {}

    /**
     * A regular file.
     *
     * @param size in bytes
     * @param executable by its owner
     * @param state by which a change is noticed
     */
    record RegularFile(String path, long size, boolean executable, State state) implements TreeEntry {
        @Override
        public FileTime modified() {
            return FileTime.from(state.modified(), TimeUnit.NANOSECONDS);
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
