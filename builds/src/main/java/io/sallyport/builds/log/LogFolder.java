package io.sallyport.builds.log;

import io.sallyport.builds.DiskSync;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of the logs, whose entries must be made durable like any bytes. */
record LogFolder(Path path) {
    /** Makes the names of files that were made before durable, whatever becomes of the calling thread. */
    void sync() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!synced()) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean synced() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            DiskSync.of(channel, true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
