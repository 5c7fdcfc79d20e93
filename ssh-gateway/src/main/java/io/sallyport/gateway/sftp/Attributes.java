package io.sallyport.gateway.sftp;

import java.time.Instant;
import java.util.OptionalLong;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * What is told of a file or folder (draft-ietf-secsh-filexfer-02, section 5). Owner and group are left out: those who own
 * what is shown here are no users of the peer's system.
 *
 * @param size in bytes; empty when it is not known before the file is read
 * @param mode type and permissions as POSIX has them
 * @param modified last change
 */
record Attributes(OptionalLong size, int mode, Instant modified) {
    private static final int HAS_SIZE = 1;
    private static final int HAS_PERMISSIONS = 4;
    private static final int HAS_TIMES = 8;

    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;

    /** A folder to look into. */
    static Attributes folder(Instant modified) {
        return new Attributes(OptionalLong.of(0), FOLDER | 0555, modified);
    }

    /** A folder that takes files. */
    static Attributes openFolder(Instant modified) {
        return new Attributes(OptionalLong.of(0), FOLDER | 0777, modified);
    }

    /** A file to read. */
    static Attributes file(OptionalLong size, Instant modified) {
        return new Attributes(size, FILE | 0444, modified);
    }

    /** A file to read and execute. */
    static Attributes program(long size, Instant modified) {
        return new Attributes(OptionalLong.of(size), FILE | 0555, modified);
    }

    /** A file that is being written. */
    static Attributes upload(long size, Instant modified) {
        return new Attributes(OptionalLong.of(size), FILE | 0222, modified);
    }

    /** A symbolic link; its size is its target's length. */
    static Attributes link(String target, Instant modified) {
        return new Attributes(OptionalLong.of(target.length()), LINK | 0777, modified);
    }

    boolean isFolder() {
        return (mode & 0170000) == FOLDER;
    }

    boolean isLink() {
        return (mode & 0170000) == LINK;
    }

    void write(Buffer to) {
        to.putUInt(HAS_PERMISSIONS | HAS_TIMES | (size.isPresent() ? HAS_SIZE : 0));
        size.ifPresent(to::putLong);
        to.putUInt(mode);
        to.putUInt(modified.getEpochSecond());
        to.putUInt(modified.getEpochSecond());
    }

    /** Passes over a client's attributes; the answer is the size among them. */
    static OptionalLong size(Buffer from) {
        return (from.getInt() & HAS_SIZE) != 0 ? OptionalLong.of(from.getLong()) : OptionalLong.empty();
    }
}
