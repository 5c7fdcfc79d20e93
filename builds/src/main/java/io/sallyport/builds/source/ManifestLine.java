package io.sallyport.builds.source;

import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.RawEntry.Kind;
import java.util.Optional;

/**
 * A line of a manifest, see {@link ManifestReader}, whose form is right. Whether a source may have such an entry is
 * another question.
 *
 * @param digest of the content; empty when it is no file
 */
record ManifestLine(RawEntry entry, Optional<Digest> digest) {
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    /** Reads the line that {@code lines} gave last. */
    static ManifestLine read(String text, ManifestLines lines) throws Unacceptable {
        String[] fields = text.split("\t", -1);
        return switch (fields[0]) {
            case "100644" -> file(fields, PLAIN, lines);
            case "100755" -> file(fields, EXECUTABLE, lines);
            case "120000" -> other(fields, 4, Kind.SYMBOLIC_LINK, lines);
            case "040000" -> other(fields, 3, Kind.FOLDER, lines);
            default -> throw lines.wrong("'" + Names.printable(fields[0]) + "' is no mode");
        };
    }

    private static ManifestLine file(String[] fields, int permissions, ManifestLines lines) throws Unacceptable {
        require(fields, 5, lines);
        long size = number(fields[2], lines);
        Optional<Digest> digest = Digest.parse("sha256:" + fields[3]);
        if (digest.isEmpty()) {
            throw lines.wrong("'" + Names.printable(fields[3]) + "' is no SHA-256");
        }
        return new ManifestLine(
                new RawEntry(fields[4], Kind.FILE, size, permissions, Times.of(number(fields[1], lines), 0), ""),
                digest);
    }

    private static ManifestLine other(String[] fields, int count, Kind kind, ManifestLines lines) throws Unacceptable {
        require(fields, count, lines);
        String target = kind == Kind.SYMBOLIC_LINK ? fields[2] : "";
        return new ManifestLine(
                new RawEntry(fields[count - 1], kind, 0, EXECUTABLE, Times.of(number(fields[1], lines), 0), target),
                Optional.empty());
    }

    private static void require(String[] fields, int count, ManifestLines lines) throws Unacceptable {
        if (fields.length != count) {
            throw lines.wrong("it should have " + count + " fields with tabs between");
        }
    }

    private static long number(String text, ManifestLines lines) throws Unacceptable {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw lines.wrong("'" + Names.printable(text) + "' is no number from 0");
    }
}
