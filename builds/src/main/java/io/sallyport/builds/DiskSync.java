package io.sallyport.builds;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/** Brings what has been written to the disk, and tells the disk's failures from all others. */
public final class DiskSync {
    private DiskSync() {}

    /**
     * Returns when it is on the disk.
     *
     * @param attributes whether all attributes of the file count too; for a folder, its entries
     * @throws SyncFailedException when the disk did not take it: what has become of it is not known then
     * @throws ClosedChannelException when the thread was interrupted
     */
    public static void of(FileChannel channel, boolean attributes) throws IOException {
        try {
            channel.force(attributes);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            SyncFailedException failed = new SyncFailedException(String.valueOf(e.getMessage()));
            failed.initCause(e);
            throw failed;
        }
    }
}
