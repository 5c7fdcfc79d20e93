package io.sallyport.builds.cache;

import io.sallyport.builds.blob.Blob;
import java.time.Instant;

/**
 * A cache that is kept.
 *
 * @param key it is found by
 * @param blob its content, a compressed tar
 * @param saved when its content was last another one
 * @param used when it was last saved or read
 */
public record CacheEntry(CacheKey key, Blob blob, Instant saved, Instant used) {}
