package io.sallyport.client.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The SHA-256 of files, read several at a time. */
final class FileDigests {
    private static final int MOST_READERS = 4;

    private final Path folder;

    FileDigests(Path folder) {
        this.folder = folder;
    }

    /** By the paths of the files. A single one, as often after a change, is not worth a thread. */
    Map<String, Sha256> of(List<TreeEntry.RegularFile> files) throws IOException, InterruptedException {
        return switch (files.size()) {
            case 0 -> Map.of();
            case 1 -> Map.of(files.getFirst().path(), digest(files.getFirst()));
            default -> sideBySide(files);
        };
    }

    private Map<String, Sha256> sideBySide(List<TreeEntry.RegularFile> files) throws IOException, InterruptedException {
        Map<String, Sha256> digests = new HashMap<>(files.size() * 2);
        int readers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_READERS);
        ExecutorService pool = Executors.newFixedThreadPool(
                readers, Thread.ofPlatform().daemon().name("digest-", 0).factory());
        try {
            List<Future<Sha256>> results = new ArrayList<>();
            files.forEach(file -> results.add(pool.submit(() -> digest(file))));
            for (int i = 0; i < files.size(); i++) {
                digests.put(files.get(i).path(), results.get(i).get());
            }
            return digests;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Sha256 digest(TreeEntry.RegularFile file) throws IOException {
        MessageDigest sha256 = Sha256.maker();
        SourceFile.of(folder, file.path())
                .copyTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256), file.size());
        return Sha256.of(sha256.digest());
    }
}
