package io.sallyport.builds.cache;

import io.sallyport.builds.Content;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.blob.FileBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The contents of caches: a content store of their own. */
final class CacheBlobs {
    private static final int PIECE = 256 << 10;

    private final BlobStore blobs;
    private final Path finished;

    private CacheBlobs(BlobStore blobs, Path finished) {
        this.blobs = blobs;
        this.finished = finished;
    }

    /** Opens the store in a folder of its own, and removes what is left of writers. */
    static CacheBlobs open(Path folder) throws IOException {
        return new CacheBlobs(
                FileBlobStore.open(folder), folder.resolve("blobs").resolve("sha256"));
    }

    BlobWriter create() throws IOException {
        return blobs.create();
    }

    /** The bytes, when they are there in the right length. */
    Optional<Content> content(Blob blob) {
        return blobs.read(blob.digest()).filter(content -> content.size().equals(OptionalLong.of(blob.bytes())));
    }

    /** Whether a content is what its digest says. */
    static boolean isWhole(Content content, Blob blob) throws IOException {
        MessageDigest sha256 = sha256();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        try (ReadableByteChannel bytes = content.open(0)) {
            while (bytes.read(piece) >= 0) {
                sha256.update(piece.flip());
                piece.clear();
            }
        }
        return HexFormat.of().formatHex(sha256.digest()).equals(blob.digest().hex());
    }

    /** Removes all that are not among these. Not while what was just made is about to be named. */
    void keepOnly(Set<Digest> named) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(finished)) {
            for (Path folder : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                    for (Path file : files) {
                        Optional<Digest> digest = Digest.parse("sha256:" + file.getFileName());
                        if (digest.isPresent() && !named.contains(digest.get())) {
                            blobs.delete(digest.get());
                        }
                    }
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
