package io.sallyport.builds.executor.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Which files a workspace had before anything was added. It keeps 64 bits of each path's SHA-256: eight bytes for each
 * file. A path that only looks like one of them, of one in many billions, would be taken for the source's.
 */
public final class SourceFiles {
    private final long[] digests;
    private final MessageDigest sha256;

    private SourceFiles(long[] digests, MessageDigest sha256) {
        this.digests = digests;
        this.sha256 = sha256;
    }

    /** Of nothing, where nobody asks. */
    public static SourceFiles none() {
        return new SourceFiles(new long[0], sha256());
    }

    /** What is in a folder now, while nobody changes it. */
    public static SourceFiles in(Path folder) throws IOException {
        MessageDigest sha256 = sha256();
        LongStream.Builder found = LongStream.builder();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(digest(sha256, folder.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
        return new SourceFiles(found.build().sorted().toArray(), sha256);
    }

    /** Whether there was a file or link at that path. For one thread. */
    public boolean has(String path) {
        return Arrays.binarySearch(digests, digest(sha256, path)) >= 0;
    }

    private static long digest(MessageDigest sha256, String path) {
        return ByteBuffer.wrap(sha256.digest(path.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
