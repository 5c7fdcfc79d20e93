package io.sallyport.builds.blob;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content store in a folder: {@code blobs/sha256/ab/HEX}, where {@code ab} are the first two digits, and
 * {@code blobs/tmp} for what is being written. Files are for their owner alone (0600, folders 0700). Only one store may
 * be open on a folder, because opening removes what an earlier one left unfinished.
 */
public final class FileBlobStore implements BlobStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileBlobStore.class);

    private final Path unfinished;
    private final Path finished;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    private FileBlobStore(Path blobs) {
        this.unfinished = blobs.resolve("tmp");
        this.finished = blobs.resolve("sha256");
    }

    /**
     * Opens the store, making its folders when they are absent and removing the temporary files of an earlier run.
     *
     * @param folder an existing folder, the state directory; the store is {@code blobs} in it
     * @throws IOException when that is not possible
     */
    public static FileBlobStore open(Path folder) throws IOException {
        Path blobs = folder.resolve("blobs");
        FileBlobStore store = new FileBlobStore(blobs);
        Folders.ensure(blobs);
        Folders.ensure(store.unfinished);
        Folders.ensure(store.finished);
        store.removeUnfinished();
        return store;
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(unfinished)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public BlobWriter create() throws IOException {
        Path file = unfinished.resolve(UUID.randomUUID().toString());
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new FileBlobWriter(this, file, channel);
        } catch (IOException e) {
            throw StorageFullException.recognise(e, unfinished);
        }
    }

    @Override
    public Optional<Content> read(Digest digest) {
        return size(place(digest)).map(bytes -> new FileContent(place(digest), bytes));
    }

    @Override
    public Optional<Path> file(Digest digest) {
        return size(place(digest)).map(bytes -> place(digest));
    }

    @Override
    public void delete(Digest digest) throws IOException {
        Files.deleteIfExists(place(digest));
    }

    /**
     * Takes a finished and synced temporary file under its digest. When another writer was first with the same
     * content the file is dropped; the folder is synced even then, as that other may not have come so far yet.
     */
    void adopt(Path file, Blob blob) throws IOException {
        Path place = place(blob.digest());
        Path folder = finished.resolve(blob.digest().hex().substring(0, 2));
        Folders.ensure(folder);
        // A file of another length is not this content, whatever damaged it: it is replaced.
        if (size(place).equals(Optional.of(blob.bytes()))) {
            Files.delete(file);
        } else {
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        }
        Folders.sync(folder);
    }

    @Override
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Takes note of bytes of which nobody knows whether they are on the disk; the answer is what to throw. */
    IOException failed(SyncFailedException why) {
        IOException known = StorageFullException.recognise(why, finished);
        if (!(known instanceof StorageFullException) && failure.compareAndSet(null, why)) {
            LOG.error("fsync in {} failed: all is read-only until the program starts anew", finished, why);
        }
        return known;
    }

    private Path place(Digest digest) {
        return finished.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private static Optional<Long> size(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
