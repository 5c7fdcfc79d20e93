package io.sallyport.builds.retention;

import java.io.Closeable;
import java.io.IOException;

/** Waits until nobody copies what may be removed. */
@FunctionalInterface
public interface Turn {
    /**
     * Returns when files may be removed; nobody begins to copy until the answer is closed.
     *
     * @throws IOException when that cannot be known, or the thread is interrupted while it waits
     */
    Closeable await() throws IOException;
}
