package io.sallyport.builds.source;

import io.sallyport.builds.Content;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest said as changes of one that is the source of a build: text, its first line {@value #FIRST_LINE}, then that
 * manifest's name and how many entries the new one has, then changes, then an empty line. Tabs are between the fields.
 *
 * <pre>
 * 100644 TIME SIZE SHA256 PATH    a line as {@link ManifestReader} has it: another one for its path, or a further one
 * - PATH                          there is none for the path any more
 * </pre>
 */
final class ManifestChanges {
    static final String FIRST_LINE = "sallyport-changes 1\n";

    /** They are in memory while files come behind them. Who has more sends the manifest. */
    static final int LONGEST = 256 << 10;

    private static final String REMOVED = "-\t";

    private final Digest base;
    private final long entries;

    /** By path: the new line, or nothing when there is none any more. */
    private final Map<String, Optional<String>> lines = new HashMap<>();

    private final StatedSizes contents = new StatedSizes();

    private ManifestChanges(Digest base, long entries) {
        this.base = base;
        this.entries = entries;
    }

    /** Whether a body that begins so is one. */
    static boolean isIn(byte[] first) {
        byte[] wanted = FIRST_LINE.getBytes(StandardCharsets.US_ASCII);
        return first.length >= wanted.length
                && ByteBuffer.wrap(first, 0, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    /** Reads changes, all of them. What has another form is found here, before anybody looks at the other manifest. */
    static ManifestChanges read(byte[] text) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(text);
        ManifestLines in = new ManifestLines(
                new ByteWindow(window -> bytes.readNBytes(window, 0, window.length), text.length + 1));
        in.expect(FIRST_LINE);
        String[] head = in.next().split("\t", -1);
        Optional<Digest> base = Digest.parse(head[0]);
        if (head.length != 2 || base.isEmpty() || !head[1].matches("[0-9]{1,9}")) {
            throw in.wrong("it is not the name of a manifest and a number of entries");
        }
        ManifestChanges changes = new ManifestChanges(base.get(), Long.parseLong(head[1]));
        for (String line = in.next(); !line.isEmpty(); line = in.next()) {
            changes.add(line, in);
        }
        return changes;
    }

    private void add(String line, ManifestLines in) throws Unacceptable {
        boolean removed = line.startsWith(REMOVED);
        if (removed && path(line).length() != line.length() - REMOVED.length()) {
            throw in.wrong("there is a tab in the path");
        }
        if (!removed) {
            ManifestLine read = ManifestLine.read(line, in);
            read.digest().ifPresent(digest -> contents.add(digest, read.entry().size(), in.number()));
        }
        if (lines.put(path(line), removed ? Optional.empty() : Optional.of(line)) != null) {
            throw in.wrong("there is a change of this path already");
        }
    }

    /** How many entries the new manifest is said to have. */
    long entries() {
        return entries;
    }

    /** The contents that the new lines name. */
    StatedSizes contents() {
        return contents;
    }

    /**
     * The old manifest. Only for a caller that keeps the files of the project from being forgotten meanwhile.
     *
     * @param hold that keeps its bytes from now on
     * @throws Unacceptable when no build of the project that the sender may see has it as its source
     */
    Content base(Sender sender, ProjectFiles files, BlobStore blobs, BlobHold hold) throws IOException {
        Optional<String> by = sender.seesAll() ? Optional.empty() : Optional.of(sender.name());
        if (!files.isSource(base, by) || !hold.keep(base)) {
            throw noBase();
        }
        return blobs.read(base).orElseThrow(this::noBase);
    }

    /**
     * Writes the new manifest: the lines of the old one in their order, then those that are new.
     *
     * @throws Unacceptable when the changes are not ones of the old one; no more entries have been written than are said
     */
    void applyTo(Content old, ManifestWriter.Sink out) throws IOException {
        Map<String, Optional<String>> left = new HashMap<>(lines);
        ManifestWriter written = new ManifestWriter(out);
        try (ReadableByteChannel channel = old.open(0)) {
            ManifestLines in = new ManifestLines(SourceWalk.window(channel));
            in.expect(ManifestReader.FIRST_LINE);
            for (String line = in.next(); !line.isEmpty(); line = in.next()) {
                Optional<String> now = lines.getOrDefault(path(line), Optional.of(line));
                left.remove(path(line));
                if (now.isPresent()) {
                    write(now.get(), written);
                }
            }
        }
        for (Optional<String> line : left.values()) {
            write(line.orElseThrow(this::noBase), written);
        }
        if (written.entries() != entries) {
            throw noBase();
        }
        written.end();
    }

    private void write(String line, ManifestWriter written) throws IOException {
        if (written.entries() == entries) {
            throw noBase();
        }
        written.add(line);
    }

    private Unacceptable noBase() {
        return new Unacceptable(new Refusal.NoBase(base));
    }

    private static String path(String line) {
        return line.substring(line.lastIndexOf('\t') + 1);
    }
}
