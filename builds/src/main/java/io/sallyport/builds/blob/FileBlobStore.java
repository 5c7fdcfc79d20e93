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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
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

    private final Consumer<Duration> syncTime;
    private final Path unfinished;
    private final Path finished;
    private final Holds holds = new Holds();
    private final Set<Path> written = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    private FileBlobStore(Path blobs, Consumer<Duration> syncTime) {
        this.syncTime = syncTime;
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
        return open(folder, took -> {});
    }

    /**
     * The same.
     *
     * @param syncTime told how long each blob took to be made durable; from any thread, and it must not wait
     */
    public static FileBlobStore open(Path folder, Consumer<Duration> syncTime) throws IOException {
        Path blobs = folder.resolve("blobs");
        FileBlobStore store = new FileBlobStore(blobs, syncTime);
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
        return writer(new FileHold(this, holds), true);
    }

    /** A writer whose blob is held; {@code alone} when the hold is for it alone, and ends with it. */
    BlobWriter writer(FileHold hold, boolean alone) throws IOException {
        Path file = unfinished.resolve(UUID.randomUUID().toString());
        written.add(file);
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new FileBlobWriter(this, file, channel, hold, alone);
        } catch (IOException e) {
            abandon(file);
            throw StorageFullException.recognise(e, unfinished);
        }
    }

    /** Tells how long a blob took to be made durable. */
    void synced(Duration took) {
        syncTime.accept(took);
    }

    /** Tells that nobody writes to a temporary file any more. */
    void abandon(Path file) {
        written.remove(file);
    }

    @Override
    public BlobHold hold() {
        return new FileHold(this, holds);
    }

    boolean keep(Digest digest, FileHold hold) {
        Lock lock = holds.lock(digest);
        lock.lock();
        try {
            boolean there = size(place(digest)).isPresent();
            if (there) {
                hold.add(digest);
            }
            return there;
        } finally {
            lock.unlock();
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
    public Collected collect(NamedBlobs names, Pace pace) throws IOException, InterruptedException {
        long left = removeLeft();
        Collected collected = new BlobCollection(this, holds, names, pace).run(finished);
        return new Collected(collected.looked(), collected.removed(), collected.bytes(), left);
    }

    @Override
    public void delete(Digest digest) throws IOException {
        Lock lock = holds.lock(digest);
        lock.lock();
        try {
            Files.deleteIfExists(place(digest));
        } finally {
            lock.unlock();
        }
    }

    private long removeLeft() throws IOException {
        long left = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
            for (Path file : files) {
                if (!written.contains(file) && Files.deleteIfExists(file)) {
                    left++;
                }
            }
        }
        return left;
    }

    /** Removes a blob, under the lock of its digest; the answer is its size. */
    long remove(Digest digest) throws IOException {
        long bytes = size(place(digest)).orElse(0L);
        Files.deleteIfExists(place(digest));
        return bytes;
    }

    /**
     * Takes a finished and synced temporary file under its digest. When another writer was first with the same
     * content the file is dropped; the folder is synced even then, as that other may not have come so far yet.
     */
    void adopt(Path file, Blob blob, FileHold hold) throws IOException {
        Path folder = finished.resolve(blob.digest().hex().substring(0, 2));
        Folders.ensure(folder);
        Lock lock = holds.lock(blob.digest());
        lock.lock();
        try {
            hold.add(blob.digest());
            place(file, blob);
        } finally {
            lock.unlock();
        }
        Folders.sync(folder);
    }

    private void place(Path file, Blob blob) throws IOException {
        Path place = place(blob.digest());
        // A file of another length is not this content, whatever damaged it: it is replaced.
        if (size(place).equals(Optional.of(blob.bytes()))) {
            Files.delete(file);
        } else {
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        }
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
