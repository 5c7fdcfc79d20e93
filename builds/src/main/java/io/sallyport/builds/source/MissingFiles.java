package io.sallyport.builds.source;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Map;
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
    private Optional<Unacceptable> wrong = Optional.empty();
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

    /**
     * Whether the lines that have been read so far say the right sizes of the contents that the project has.
     *
     * @throws Unacceptable when one does not
     */
    void requireSizes() throws Unacceptable {
        if (wrong.isPresent()) {
            throw wrong.get();
        }
    }

    private void look() throws IOException {
        StatedSizes together = new StatedSizes();
        while (together.count() < TOGETHER && !ended) {
            RawEntry entry = manifest.next();
            ended = entry == null;
            if (entry != null) {
                entries++;
                manifest.digest().ifPresent(digest -> together.add(digest, entry.size(), manifest.line()));
            }
        }
        Set<Digest> missing = together.contents();
        Map<Digest, Long> known = files.known(missing);
        wrong = wrong.or(() -> together.wrong(known));
        missing.removeAll(known.keySet());
        found.addAll(missing);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
