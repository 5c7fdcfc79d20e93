package io.sallyport.builds.source;

import io.sallyport.builds.Content;
import io.sallyport.builds.Turns;
import io.sallyport.builds.blob.BlobStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of a source of any kind, with all checks of form ({@link RawArchive}), rules
 * ({@link EntryRules}) and limits ({@link Budget}). Whoever reads a source, for whatever purpose, reads it through
 * this. For one thread.
 */
final class SourceWalk implements AutoCloseable {
    private static final int WINDOW = 64 << 10;

    private final RawArchive archive;
    private final EntryRules rules;
    private final Opened opened;

    /** The tar's bytes, if there is a stream of them. */
    private final @Nullable ByteWindow tar;

    private long madeTarBytes = TarBlocks.END;

    private SourceWalk(RawArchive archive, Budget budget, @Nullable ByteWindow tar, Opened opened) {
        this.archive = opened.add(archive);
        this.rules = new EntryRules(budget);
        this.tar = tar;
        this.opened = opened;
    }

    /** Walks over a tar, compressed or not, that is a stream. What feeds the stream is the caller's. */
    static SourceWalk overStream(SourceKind kind, ByteWindow packed, SourceLimits limits) throws IOException {
        return overStream(kind, packed, limits, new Opened());
    }

    private static SourceWalk overStream(SourceKind kind, ByteWindow packed, SourceLimits limits, Opened opened)
            throws IOException {
        Budget budget = new Budget(limits);
        if (kind == SourceKind.TAR || kind == SourceKind.GIT) {
            return new SourceWalk(new TarReader(packed, budget), budget, packed, opened);
        }
        InputStream unpacked = opened.add(Packing.unpack(kind, packed));
        ByteWindow tar = new ByteWindow(window -> unpacked.readNBytes(window, 0, window.length), WINDOW);
        return new SourceWalk(new TarReader(tar, budget), budget, tar, opened);
    }

    /** Walks over a zip that is a file. The channel is the caller's. */
    static SourceWalk overZip(FileChannel zip, SourceLimits limits) throws IOException {
        return overZip(zip, limits, new Opened());
    }

    private static SourceWalk overZip(FileChannel zip, SourceLimits limits, Opened opened) throws IOException {
        return new SourceWalk(new ZipReader(zip), new Budget(limits), null, opened);
    }

    /** Walks over the entries of a manifest, whose files must be in the store when their bytes are read. */
    static SourceWalk overManifest(ByteWindow manifest, SourceLimits limits, BlobStore blobs, Opened opened) {
        return new SourceWalk(new ManifestReader(manifest, blobs), new Budget(limits), null, opened);
    }

    /** Walks over the tree of a commit. */
    static SourceWalk overTree(CommittedTree tree, SourceLimits limits) {
        return new SourceWalk(new TreeArchive(tree), new Budget(limits), null, new Opened());
    }

    /** Walks over a source again that is in a file, with what it measured when it was received as the limits. */
    static SourceWalk overFile(SourceKind kind, Path file, long tarBytes, BlobStore blobs) throws IOException {
        Opened opened = new Opened();
        try {
            FileChannel bytes = opened.add(FileChannel.open(file, StandardOpenOption.READ));
            return over(kind, bytes, measured(tarBytes, bytes.size()), blobs, opened);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Walks over a stored source again, with what it measured when it was received as the limits. */
    static SourceWalk overStored(Source source, BlobStore blobs) throws IOException {
        Opened opened = new Opened();
        try {
            ReadableByteChannel bytes = opened.add(open(source, blobs));
            return over(
                    source.kind(),
                    bytes,
                    measured(source.tarBytes(), source.blob().bytes()),
                    blobs,
                    opened);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static SourceLimits measured(long tarBytes, long bytes) {
        long most = Math.max(tarBytes, bytes);
        return new SourceLimits(bytes, most, most, Integer.MAX_VALUE);
    }

    private static SourceWalk over(
            SourceKind kind, ReadableByteChannel bytes, SourceLimits limits, BlobStore blobs, Opened opened)
            throws IOException {
        if (kind == SourceKind.MANIFEST) {
            return overManifest(window(bytes), limits, blobs, opened);
        }
        return bytes instanceof FileChannel zip && kind == SourceKind.ZIP
                ? overZip(zip, limits, opened)
                : overStream(kind, window(bytes), limits, opened);
    }

    private static ReadableByteChannel open(Source source, BlobStore blobs) throws IOException {
        if (source.kind() != SourceKind.ZIP) {
            return content(source, blobs).open(0);
        }
        Path file = blobs.file(source.blob().digest()).orElseThrow(() -> missing(source));
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** The bytes of a stored source. */
    static Content content(Source source, BlobStore blobs) throws IOException {
        return blobs.read(source.blob().digest()).orElseThrow(() -> missing(source));
    }

    private static FileNotFoundException missing(Source source) {
        return new FileNotFoundException("the store has no " + source.blob().digest());
    }

    /** The same walk, which also ends the turn when it is closed. */
    SourceWalk closing(Turns.Turn turn) {
        opened.add(turn);
        return this;
    }

    /** A window over the bytes of a channel. */
    static ByteWindow window(ReadableByteChannel channel) {
        return new ByteWindow(
                window -> {
                    ByteBuffer buffer = ByteBuffer.wrap(window);
                    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                        // A read may bring less than was asked for.
                    }
                    return buffer.position();
                },
                WINDOW);
    }

    /**
     * The next entry.
     *
     * @return null after the last one, when the source is known to be whole and all its bytes have been read
     * @throws Unacceptable when it may not be, or the archive is damaged
     * @throws IOException when the bytes cannot be read
     */
    @Nullable
    Entry next() throws IOException {
        RawEntry raw = archive.next();
        if (raw == null) {
            return null;
        }
        Entry entry = rules.admit(raw);
        if (tar == null) {
            madeTarBytes += TarBlocks.bytes(entry);
        }
        return entry;
    }

    /** The bytes of the file that {@link #next} returned last. */
    InputStream body() throws IOException {
        return archive.body();
    }

    /** How many files, folders and links have come, those folders counted too that only paths imply. */
    long entries() {
        return rules.entries();
    }

    /** Sum of the sizes of the files that have come. */
    long fileBytes() {
        return rules.fileBytes();
    }

    /** The length of {@code source.tar}; known after the last entry. */
    long tarBytes() {
        return tar == null ? madeTarBytes : tar.position();
    }

    /** The commit that the archive was made from, if it says so; known after the last entry. */
    Optional<String> gitCommit() {
        return archive.gitCommit();
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
