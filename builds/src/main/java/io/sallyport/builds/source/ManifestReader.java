package io.sallyport.builds.source;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.RawEntry.Kind;
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

    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

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
        return text.isEmpty() ? null : entry(text.split("\t", -1));
    }

    /** The content of the entry that {@link #next} returned last; empty when it is no file. */
    Optional<Digest> digest() {
        return digest;
    }

    private RawEntry entry(String[] fields) throws Unacceptable {
        return switch (fields[0]) {
            case "100644" -> file(fields, PLAIN);
            case "100755" -> file(fields, EXECUTABLE);
            case "120000" -> other(fields, 4, Kind.SYMBOLIC_LINK);
            case "040000" -> other(fields, 3, Kind.FOLDER);
            default -> throw wrong("'" + Names.printable(fields[0]) + "' is no mode");
        };
    }

    private RawEntry file(String[] fields, int permissions) throws Unacceptable {
        require(fields, 5);
        size = number(fields[2]);
        digest = Digest.parse("sha256:" + fields[3]);
        if (digest.isEmpty()) {
            throw wrong("'" + Names.printable(fields[3]) + "' is no SHA-256");
        }
        return new RawEntry(fields[4], Kind.FILE, size, permissions, Times.of(number(fields[1]), 0), "");
    }

    private RawEntry other(String[] fields, int count, Kind kind) throws Unacceptable {
        require(fields, count);
        String target = kind == Kind.SYMBOLIC_LINK ? fields[2] : "";
        return new RawEntry(fields[count - 1], kind, 0, EXECUTABLE, Times.of(number(fields[1]), 0), target);
    }

    private void require(String[] fields, int count) throws Unacceptable {
        if (fields.length != count) {
            throw wrong("it should have " + count + " fields with tabs between");
        }
    }

    private long number(String text) throws Unacceptable {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong("'" + Names.printable(text) + "' is no number from 0");
    }

    private Unacceptable wrong(String how) {
        return lines.wrong(how);
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
