package io.sallyport.builds.cache;

import java.io.InputStream;

/** What came of opening a cache. */
public sealed interface OpenedCache {
    /**
     * It is whole.
     *
     * @param tar its content, unpacked on the way and bounded; closed by the one who reads it
     */
    record Whole(InputStream tar) implements OpenedCache {}

    /** It was not what it should be, and is forgotten; {@code reason} says what was found. */
    record Damaged(String reason) implements OpenedCache {}
}
