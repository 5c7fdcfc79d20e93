package io.sallyport.builds.source;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.StorageFullException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Something that the content store is asked to do for a sender.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
interface Storing<T> {
    /** Does it. */
    T run() throws IOException;

    /** A full disk and an interrupt are told to the sender; all else that the store does wrong is the gateway's. */
    static <T> T of(Storing<T> work) throws Unacceptable, StoreFailure {
        try {
            return work.run();
        } catch (StorageFullException e) {
            throw new Unacceptable(new Refusal.StorageFull());
        } catch (ClosedByInterruptException e) {
            throw new Unacceptable(new Refusal.Interrupted());
        } catch (IOException e) {
            throw new StoreFailure(e);
        }
    }
}
