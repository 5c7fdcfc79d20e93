package io.sallyport.builds.source;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The contents that a manifest names and a project lacks, in the order of the manifest, found while they are asked for:
 * in the same memory for any manifest. One that several files have may come more than once. For one thread.
 */
public final class MissingFiles implements AutoCloseable {
    private static final int TOGETHER = 1000;

    private final ManifestReader manifest;
    private final ReadableByteChannel channel;
    private final ProjectFiles files;
    private final Queue<Digest> found = new ArrayDeque<>();
    private long entries;
    private boolean ended;

    private MissingFiles(ManifestReader manifest, ReadableByteChannel channel, ProjectFiles files) {
        this.manifest = manifest;
        this.channel = channel;
        this.files = files;
    }

    static MissingFiles of(Path manifest, BlobStore blobs, ProjectFiles files) throws IOException {
        FileChannel channel = FileChannel.open(manifest, StandardOpenOption.READ);
        return new MissingFiles(new ManifestReader(SourceWalk.window(channel), blobs), channel, files);
    }

    /**
     * The next one; empty after the last.
     *
     * @throws IOException when the manifest is none, or cannot be read
     */
    public Optional<Digest> next() throws IOException {
        while (found.isEmpty() && !ended) {
            look();
        }
        return Optional.ofNullable(found.poll());
    }

    /** How many entries have been read. */
    long entries() {
        return entries;
    }

    private void look() throws IOException {
        Set<Digest> together = new LinkedHashSet<>();
        while (together.size() < TOGETHER && !ended) {
            ended = manifest.next() == null;
            entries += ended ? 0 : 1;
            manifest.digest().ifPresent(together::add);
        }
        together.removeAll(files.known(together));
        found.addAll(together);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
