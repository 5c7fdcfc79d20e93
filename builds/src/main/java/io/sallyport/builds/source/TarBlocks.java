package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.source.Entry.Folder;
import io.sallyport.builds.source.Entry.HardLink;
import io.sallyport.builds.source.Entry.RegularFile;
import io.sallyport.builds.source.Entry.SymbolicLink;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Entries as the header blocks of a pax tar (IEEE 1003.1 pax), for the tar that is made from a source of another kind
 * or of a workspace's files. The same entry gives the same bytes always: no owner, extended headers only where needed.
 * Times are whole seconds in a source's.
 */
final class TarBlocks {
    /** Length of the two blocks of zeros that close a tar. */
    static final int END = 2 * TarHeader.BLOCK;

    /** What eleven octal digits hold. */
    private static final long LARGEST_OCTAL = 077777777777L;

    private static final int LONGEST_NAME = 100;

    private TarBlocks() {}

    /** How long the entry is in the tar: headers, body, padding. */
    static long bytes(Entry entry) {
        return headersLength(entry) + size(entry) + padding(entry);
    }

    /** One block, without making it, where no extended header is needed. */
    private static long headersLength(Entry entry) {
        return entry instanceof RegularFile file && fits(file.path()) && file.size() <= LARGEST_OCTAL
                ? TarHeader.BLOCK
                : headers(entry).length;
    }

    /** How many zeros follow the body. */
    static int padding(Entry entry) {
        return (int) (-size(entry) & (TarHeader.BLOCK - 1));
    }

    private static long size(Entry entry) {
        return entry instanceof RegularFile file ? file.size() : 0;
    }

    /** All blocks that come before the body. None for the folder itself, which needs no entry. */
    static byte[] headers(Entry entry) {
        if (entry.path().isEmpty()) {
            return new byte[0];
        }
        return switch (entry) {
            case Folder folder -> headers('5', folder.path() + "/", "", 0755, 0, folder.modified());
            case RegularFile file ->
                headers('0', file.path(), "", file.executable() ? 0755 : 0644, file.size(), file.modified());
            case SymbolicLink link -> headers('2', link.path(), link.target(), 0777, 0, link.modified());
            case HardLink link -> headers('1', link.path(), link.target(), 0644, 0, Instant.EPOCH);
        };
    }

    /** The global header in which {@code git archive} notes a commit. */
    static byte[] commit(String id) {
        byte[] note = record("comment", id);
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        blocks.writeBytes(block('g', "pax_global_header", "", 0644, note.length, Instant.EPOCH));
        blocks.writeBytes(note);
        blocks.writeBytes(new byte[-note.length & (TarHeader.BLOCK - 1)]);
        return blocks.toByteArray();
    }

    /** The same for an entry of a workspace, with fractions of seconds. */
    static byte[] headers(WorkspaceEntry entry) {
        return switch (entry) {
            case WorkspaceEntry.Folder folder ->
                exactHeaders('5', folder.path() + "/", "", folder.permissions(), 0, folder.modified());
            case WorkspaceEntry.RegularFile file ->
                exactHeaders('0', file.path(), "", file.permissions(), file.size(), file.modified());
            case WorkspaceEntry.SymbolicLink link ->
                exactHeaders('2', link.path(), link.target(), 0777, 0, link.modified());
            case WorkspaceEntry.HardLink link -> exactHeaders('1', link.path(), link.target(), 0644, 0, Instant.EPOCH);
        };
    }

    private static byte[] exactHeaders(char type, String name, String target, int mode, long size, Instant modified) {
        Instant possible = Times.of(modified.getEpochSecond(), modified.getNano());
        byte[] time = possible.getNano() == 0
                ? new byte[0]
                : record("mtime", String.format(Locale.ROOT, "%d.%09d", possible.getEpochSecond(), possible.getNano()));
        return headers(type, name, target, mode, size, possible, time);
    }

    private static byte[] headers(char type, String name, String target, int mode, long size, Instant modified) {
        return headers(type, name, target, mode, size, modified, new byte[0]);
    }

    private static byte[] headers(
            char type, String name, String target, int mode, long size, Instant modified, byte[] more) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.writeBytes(more);
        if (!fits(name)) {
            records.writeBytes(record("path", name));
        }
        if (!fits(target)) {
            records.writeBytes(record("linkpath", target));
        }
        if (size > LARGEST_OCTAL) {
            records.writeBytes(record("size", Long.toString(size)));
        }
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        if (records.size() > 0) {
            blocks.writeBytes(block('x', "PaxHeaders/entry", "", 0644, records.size(), Instant.EPOCH));
            blocks.writeBytes(records.toByteArray());
            blocks.writeBytes(new byte[-records.size() & (TarHeader.BLOCK - 1)]);
        }
        blocks.writeBytes(block(type, name, target, mode, size, modified));
        return blocks.toByteArray();
    }

    private static boolean fits(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return bytes.length == text.length() && bytes.length <= LONGEST_NAME;
    }

    /** A pax record, whose length counts its own digits. */
    private static byte[] record(String key, String value) {
        int rest = (" " + key + "=" + value + "\n").getBytes(UTF_8).length;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        return (length + " " + key + "=" + value + "\n").getBytes(UTF_8);
    }

    private static byte[] block(char type, String name, String target, int mode, long size, Instant modified) {
        byte[] block = new byte[TarHeader.BLOCK];
        put(block, 0, LONGEST_NAME, name);
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size > LARGEST_OCTAL ? 0 : size);
        octal(block, 136, 12, Math.min(modified.getEpochSecond(), LARGEST_OCTAL));
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        put(block, 157, LONGEST_NAME, target);
        System.arraycopy("ustar\00000".getBytes(ISO_8859_1), 0, block, 257, 8);
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 7, sum);
        return block;
    }

    private static void put(byte[] block, int at, int length, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
    }

    /** Octal digits, zeros before them, a NUL behind. */
    private static void octal(byte[] block, int at, int length, long value) {
        long left = value;
        for (int i = at + length - 2; i >= at; i--) {
            block[i] = (byte) ('0' + (left & 7));
            left >>>= 3;
        }
        block[at + length - 1] = 0;
    }
}
