package io.sallyport.builds.cache;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Tars under keys, until there is no room for them. A cache is never needed: whatever fails here, a build goes on
 * without. All methods may be called from any thread.
 */
public interface CacheStore {
    /** What is kept under a key, without looking at its content; empty when there is nothing. */
    Optional<CacheEntry> find(CacheKey key);

    /**
     * Opens what {@link #find} has found. Its content is looked at whole before any of it is given out. It counts as used
     * now, and can be read to its end even when it is replaced or forgotten meanwhile.
     *
     * @throws IOException when the store cannot be reached
     */
    OpenedCache open(CacheEntry entry) throws IOException;

    /**
     * Begins a new content for a key.
     *
     * @return empty while another one is being made for the same key
     * @throws IOException when the store cannot be written
     */
    Optional<CacheWriter> write(CacheKey key) throws IOException;

    /** All of a project's, in the order of their names; at most {@link CacheLimits#projectKeys}. */
    List<CacheEntry> list(long project);

    /** Forgets one, in all areas; what is being made for it meanwhile may come after that. The answer is whether it was there. */
    boolean remove(long project, String name);

    /** Forgets all of a project's; the same. The answer is how many they were. */
    int removeAll(long project);

    /** How much is kept. */
    CacheLimits limits();
}
