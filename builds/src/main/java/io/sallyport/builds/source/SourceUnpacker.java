package io.sallyport.builds.source;

import io.sallyport.builds.blob.BlobStore;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/**
 * Lays a source out in a folder. Everything is checked again as when it was received. May be used from many threads at
 * once, each with a folder of its own.
 */
public final class SourceUnpacker {
    private final BlobStore blobs;

    /** Unpacks sources of that content store. */
    public SourceUnpacker(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Unpacks a source. Files are 0644, or 0755 when they may be run, folders 0755; times of change are kept, owners are
     * not. No link is ever followed.
     *
     * @param folder an empty one that nobody else writes to meanwhile
     * @throws IOException when the source cannot be read or the folder not be written; it may be half filled then
     * @throws InterruptedException when the thread is interrupted; the folder may be half filled then
     */
    public void unpack(Source source, Path folder) throws IOException, InterruptedException {
        try (SourceWalk walk = SourceWalk.overStored(source, blobs)) {
            UnpackedFolder unpacked = new UnpackedFolder(folder);
            for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                unpacked.add(entry, walk.body());
            }
            unpacked.finish();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }
}
