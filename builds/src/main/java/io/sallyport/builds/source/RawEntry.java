package io.sallyport.builds.source;

import java.time.Instant;

/**
 * An entry as an archive gives it, unchecked.
 *
 * @param name its path
 * @param kind what it is
 * @param size count of its body's bytes
 * @param permissions the lower nine bits of its mode: who may read, write, run it
 * @param modified time of its last change
 * @param target of a link, else empty
 */
record RawEntry(String name, Kind kind, long size, int permissions, Instant modified, String target) {
    /** The kinds that a source may hold. */
    enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK
    }

    /** Whether one may run it. */
    boolean executable() {
        return (permissions & 0111) != 0;
    }
}
