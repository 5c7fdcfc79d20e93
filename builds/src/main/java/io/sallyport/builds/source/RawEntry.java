package io.sallyport.builds.source;

import java.time.Instant;

/**
 * An entry as an archive gives it, unchecked.
 *
 * @param name its path
 * @param kind what it is
 * @param size count of its body's bytes
 * @param executable whether one may run it
 * @param modified time of its last change
 * @param target of a link, else empty
 */
record RawEntry(String name, Kind kind, long size, boolean executable, Instant modified, String target) {
    /** The kinds that a source may hold. */
    enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK
    }
}
