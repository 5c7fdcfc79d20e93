package io.sallyport.client.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The SHA-256 of files: remembered, or read, several at a time. */
final class FileDigests {
    private static final int MOST_READERS = 4;

    private final Path folder;
    private final StatCache cache;

    FileDigests(Path folder, StatCache cache) {
        this.folder = folder;
        this.cache = cache;
    }

    /** By the paths of the files; notes new ones in the cache. */
    Map<String, String> of(List<TreeEntry> entries) throws IOException, InterruptedException {
        Map<String, String> digests = new HashMap<>(entries.size() * 2);
        List<TreeEntry.RegularFile> unknown = new ArrayList<>();
        for (TreeEntry entry : entries) {
            if (entry instanceof TreeEntry.RegularFile file) {
                cache.digest(file).ifPresentOrElse(digest -> digests.put(file.path(), digest), () -> unknown.add(file));
            }
        }
        if (!unknown.isEmpty()) {
            read(unknown, digests);
        }
        return digests;
    }

    private void read(List<TreeEntry.RegularFile> files, Map<String, String> digests)
            throws IOException, InterruptedException {
        int readers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_READERS);
        ExecutorService pool = Executors.newFixedThreadPool(
                readers, Thread.ofPlatform().daemon().name("digest-", 0).factory());
        try {
            List<Future<String>> results = new ArrayList<>();
            files.forEach(file -> results.add(pool.submit(() -> digest(file))));
            for (int i = 0; i < files.size(); i++) {
                String digest = results.get(i).get();
                digests.put(files.get(i).path(), digest);
                cache.note(files.get(i), digest);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private String digest(TreeEntry.RegularFile file) throws IOException {
        MessageDigest sha256 = sha256();
        SourceFile.of(folder, file.path())
                .copyTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256), file.size());
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** A new SHA-256. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
