package io.sallyport.builds.cache;

import io.sallyport.builds.Content;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.database.Database;
import io.sallyport.database.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches as files under their content's digest, {@code tar.zst} each, with an index in SQLite. A content is on disk
 * before the index names it, and removed after; a crash in between leaves a file too many, which the next start removes.
 */
public final class BlobCacheStore implements CacheStore {
    private static final Logger LOG = LoggerFactory.getLogger(BlobCacheStore.class);

    private final CacheIndex index;
    private final CacheBlobs blobs;
    private final CacheLimits limits;
    private final Clock clock;
    private final Set<CacheKey> written = ConcurrentHashMap.newKeySet();
    /** Shared by those who bring a content to disk and name it; alone for the one who removes what has no name. */
    private final ReadWriteLock naming = new ReentrantReadWriteLock();

    private BlobCacheStore(CacheIndex index, CacheBlobs blobs, CacheLimits limits, Clock clock) {
        this.index = index;
        this.blobs = blobs;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens the store and forgets what it should not have: caches of projects that are gone, what exceeds the limits,
     * files that nothing names.
     *
     * @param database opened with the migrations of builds
     * @param folder for the contents, made where there is none; no other store may be open on it
     * @throws IOException when the folder cannot be used
     */
    public static BlobCacheStore open(Database database, Path folder, CacheLimits limits, Clock clock)
            throws IOException {
        CacheIndex index = new CacheIndex(database);
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        CacheBlobs blobs = CacheBlobs.open(folder);
        index.tidy(limits);
        blobs.keepOnly(index.digests());
        return new BlobCacheStore(index, blobs, limits, clock);
    }

    @Override
    public Optional<CacheEntry> find(CacheKey key) {
        return index.find(key);
    }

    @Override
    public OpenedCache open(CacheEntry entry) throws IOException {
        try {
            Optional<Content> content = blobs.content(entry.blob());
            if (content.isEmpty()) {
                return damaged(entry, "its file is missing or cut");
            }
            if (!CacheBlobs.isWhole(content.get(), entry.blob())) {
                return damaged(entry, "its bytes have changed");
            }
            index.touch(entry.key(), clock.instant());
            InputStream packed = Channels.newInputStream(content.get().open(0));
            return new OpenedCache.Whole(TarCompression.from(packed, limits.unpackedBytes()));
        } catch (NoSuchFileException e) { // forgotten at this very moment
            return damaged(entry, "its file is missing");
        }
    }

    private OpenedCache damaged(CacheEntry entry, String reason) {
        LOG.warn("cache of project {} is forgotten: {} digest={}", entry.key().project(), reason, entry.blob());
        index.remove(entry);
        sweep();
        return new OpenedCache.Damaged(reason);
    }

    @Override
    public Optional<CacheWriter> write(CacheKey key) throws IOException {
        if (!written.add(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BlobCacheWriter(blobs.create(), limits, blob -> name(key, blob), () -> written.remove(key)));
        } catch (IOException | RuntimeException e) {
            written.remove(key);
            throw e;
        }
    }

    private SavedCache name(CacheKey key, BlobWriter writer) throws IOException {
        SavedCache saved;
        naming.readLock().lock();
        try {
            Blob blob = writer.commit();
            boolean same =
                    index.find(key).filter(old -> old.blob().equals(blob)).isPresent();
            Optional<CacheEntry> entry = index.put(key, blob, limits, clock.instant());
            saved = entry.isEmpty()
                    ? new SavedCache.NotKept("its project was removed")
                    : same ? new SavedCache.Unchanged(entry.get()) : new SavedCache.Kept(entry.get());
        } catch (DatabaseException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            naming.readLock().unlock();
        }
        sweep();
        return saved;
    }

    @Override
    public List<CacheEntry> list(long project) {
        return index.list(project);
    }

    @Override
    public boolean remove(long project, String name) {
        boolean there = index.remove(project, name);
        sweep();
        return there;
    }

    @Override
    public int removeAll(long project) {
        int count = index.removeAll(project);
        sweep();
        return count;
    }

    @Override
    public CacheLimits limits() {
        return limits;
    }

    /**
     * Removes the files that nothing names; those who have them open read on. While something is being named it is left
     * to the one who does that, and does the same afterwards.
     */
    private void sweep() {
        if (!naming.writeLock().tryLock()) {
            return;
        }
        try {
            blobs.keepOnly(index.digests());
        } catch (IOException | DatabaseException e) {
            LOG.warn("caches that are not needed any more are left until later", e);
        } finally {
            naming.writeLock().unlock();
        }
    }
}
