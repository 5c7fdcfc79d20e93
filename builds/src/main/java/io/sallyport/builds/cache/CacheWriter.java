package io.sallyport.builds.cache;

import java.io.IOException;
import java.io.OutputStream;

/** A cache in the making, for one thread. Closing it without {@link #commit} leaves everything as it was. */
public interface CacheWriter extends AutoCloseable {
    /**
     * Takes the tar; it is compressed on the way. Throws {@link CacheTooLargeException} when that becomes too large.
     * Closing it does nothing.
     */
    OutputStream tar();

    /**
     * Puts what was written in the place of what is under the key, in one step: who reads at that moment gets the one or
     * the other, whole. At most once. What was returned survives a power cut.
     *
     * @throws IOException when a disk fails or is full; all is as it was
     */
    SavedCache commit() throws IOException;

    /** Lets others write under the key. Repeated calls do nothing. */
    @Override
    void close();
}
