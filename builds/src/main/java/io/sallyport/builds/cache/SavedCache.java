package io.sallyport.builds.cache;

/** What came of saving a cache. */
public sealed interface SavedCache {
    /** It is on disk and will be found. */
    record Kept(CacheEntry entry) implements SavedCache {}

    /** The same content is there already; it counts as used. */
    record Unchanged(CacheEntry entry) implements SavedCache {}

    /** It is not kept; {@code reason} says why: its project was removed, or there is no room for it. */
    record NotKept(String reason) implements SavedCache {}
}
