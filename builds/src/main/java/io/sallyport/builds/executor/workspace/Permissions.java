package io.sallyport.builds.executor.workspace;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as the lower nine bits of a mode, and back. */
public final class Permissions {
    private static final int FIRST = 0400;

    private Permissions() {}

    static Set<PosixFilePermission> of(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        int bit = FIRST;
        for (PosixFilePermission each : PosixFilePermission.values()) { // in the order of the bits
            if ((mode & bit) != 0) {
                permissions.add(each);
            }
            bit >>= 1;
        }
        return permissions;
    }

    /** As a number. */
    public static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        int bit = FIRST;
        for (PosixFilePermission each : PosixFilePermission.values()) {
            mode |= permissions.contains(each) ? bit : 0;
            bit >>= 1;
        }
        return mode;
    }
}
