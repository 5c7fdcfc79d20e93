package io.sallyport.builds.source;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the central directory of a zip is (APPNOTE 4.3.14 to 4.3.16).
 *
 * @param offset of its first record
 * @param end behind its last record
 * @param entries count of its records; of a zip that is no zip64 the lower 16 bits of it, as some write more
 * @param sixtyFour whether it is a zip64
 * @param comment of the whole archive
 */
record ZipDirectory(long offset, long end, long entries, boolean sixtyFour, String comment) {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LENGTH = 56;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_LENGTH = 20;

    /** Finds it by the record that must end the file. */
    static ZipDirectory find(ZipFileBytes zip) throws IOException {
        int length = (int) Math.min(zip.size(), END_LENGTH + LONGEST_COMMENT);
        byte[] bytes = zip.bytes(zip.size() - length, length);
        ByteBuffer tail = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN);
        for (int at = length - END_LENGTH; at >= 0; at--) {
            int comment = length - END_LENGTH - at;
            if (tail.getInt(at) == END && Short.toUnsignedInt(tail.getShort(at + 20)) == comment) {
                long position = zip.size() - length + at;
                ZipDirectory directory = read(zip, tail.slice(at, END_LENGTH).order(LITTLE_ENDIAN), position);
                return directory.withComment(new String(bytes, at + END_LENGTH, comment, ISO_8859_1));
            }
        }
        throw Unacceptable.damaged("a zip without the record that ends it");
    }

    private static ZipDirectory read(ZipFileBytes zip, ByteBuffer end, long position) throws IOException {
        if (position >= LOCATOR_64_LENGTH) {
            ByteBuffer locator = zip.fields(position - LOCATOR_64_LENGTH, LOCATOR_64_LENGTH);
            if (locator.getInt(0) == LOCATOR_64) {
                return read64(zip, locator.getLong(8));
            }
        }
        requireOneDisk(end.getShort(4) == 0 && end.getShort(6) == 0);
        long entries = Short.toUnsignedLong(end.getShort(10));
        long bytes = Integer.toUnsignedLong(end.getInt(12));
        return checked(Integer.toUnsignedLong(end.getInt(16)), bytes, entries, position, false);
    }

    private static ZipDirectory read64(ZipFileBytes zip, long position) throws IOException {
        ByteBuffer end = zip.fields(position, END_64_LENGTH);
        if (end.getInt(0) != END_64) {
            throw Unacceptable.damaged("a zip64 without its end record");
        }
        requireOneDisk(end.getInt(16) == 0 && end.getInt(20) == 0);
        return checked(end.getLong(48), end.getLong(40), end.getLong(32), position, true);
    }

    private static void requireOneDisk(boolean one) throws Unacceptable {
        if (!one) {
            throw Unacceptable.damaged("a zip that is split over several files");
        }
    }

    private static ZipDirectory checked(long offset, long bytes, long entries, long end, boolean sixtyFour)
            throws Unacceptable {
        if (offset < 0 || bytes < 0 || offset > end || offset + bytes != end) {
            throw Unacceptable.damaged("a zip whose directory is not where it says");
        }
        return new ZipDirectory(offset, end, entries, sixtyFour, "");
    }

    private ZipDirectory withComment(String text) {
        return new ZipDirectory(offset, end, entries, sixtyFour, text);
    }

    /** Whether that many records are as many as it says. */
    boolean holds(long count) {
        return (sixtyFour ? count : count & 0xffff) == entries;
    }
}
