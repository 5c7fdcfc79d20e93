package io.sallyport.builds.source;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest: text, its first line {@value #FIRST_LINE}, then a line for each entry, then an empty line. Tabs are
 * between the fields, times are in seconds since 1970, and the modes are those of git:
 *
 * <pre>
 * 100644 TIME SIZE SHA256 PATH    a file; 100755 for one that may be run
 * 120000 TIME TARGET PATH         a symbolic link
 * 040000 TIME PATH                a folder; those that paths imply need no line
 * </pre>
 */
final class ManifestReader implements RawArchive {
    static final String FIRST_LINE = "sallyport-manifest 1\n";

    private final ManifestLines lines;
    private final BlobStore blobs;
    private InputStream body = InputStream.nullInputStream();
    private Optional<Digest> digest = Optional.empty();
    private long size;

    /**
     * Reads a stream, which remains the caller's.
     *
     * @param blobs where the bytes of files are
     */
    ManifestReader(ByteWindow in, BlobStore blobs) {
        this.lines = new ManifestLines(in);
        this.blobs = blobs;
    }

    @Override
    public @Nullable RawEntry next() throws IOException {
        body.close();
        body = InputStream.nullInputStream();
        digest = Optional.empty();
        if (lines.number() == 0) {
            lines.expect(FIRST_LINE);
        }
        String text = lines.next();
        if (text.isEmpty()) {
            return null;
        }
        ManifestLine line = ManifestLine.read(text, lines);
        digest = line.digest();
        size = line.entry().size();
        return line.entry();
    }

    /** The content of the entry that {@link #next} returned last; empty when it is no file. */
    Optional<Digest> digest() {
        return digest;
    }

    /** The number of the line of the entry that {@link #next} returned last. */
    long line() {
        return lines.number();
    }

    /** The stored bytes; that they are those of the digest was seen when they came. */
    @Override
    public InputStream body() throws IOException {
        if (digest.isPresent() && size > 0) {
            Digest wanted = digest.get();
            digest = Optional.empty();
            body = Channels.newInputStream(blobs.read(wanted)
                    .filter(content -> content.size().orElse(-1) == size)
                    .orElseThrow(
                            () -> new FileNotFoundException("the store has no " + wanted + " of " + size + " bytes"))
                    .open(0));
        }
        return body;
    }

    @Override
    public Optional<String> gitCommit() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
