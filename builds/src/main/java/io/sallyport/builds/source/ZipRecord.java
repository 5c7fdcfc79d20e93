package io.sallyport.builds.source;

import io.sallyport.builds.source.RawEntry.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * A record of a zip's central directory (APPNOTE 4.3.12).
 *
 * @param rawName bytes of the name, as the local header must repeat them
 * @param name the path
 * @param system that made it, whose meaning {@code attributes} have
 * @param attributes external ones; the upper half is a Unix mode
 * @param method of compression
 * @param crc CRC-32 of the content
 * @param packed count of bytes in the file
 * @param size count of bytes of the content
 * @param local where the local header is
 * @param modified time of its last change
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as read, never compared
record ZipRecord(
        byte[] rawName,
        String name,
        int system,
        int attributes,
        int method,
        long crc,
        long packed,
        long size,
        long local,
        Instant modified) {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int SIGNATURE = 0x02014b50;
    private static final int LENGTH = 46;
    private static final int ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
    private static final int UNIX = 3;
    private static final int DARWIN = 19;
    private static final int TYPE_OF_MODE = 0170000;

    /** Reads the next record of a directory. */
    static ZipRecord read(ByteWindow in) throws IOException {
        byte[] bytes = new byte[LENGTH];
        if (in.readBlock(bytes) < LENGTH) {
            throw Unacceptable.damaged("a zip whose directory is too short");
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(0) != SIGNATURE) {
            throw Unacceptable.damaged("a zip whose directory is malformed");
        }
        byte[] rawName = variable(in, fields.getShort(28));
        ZipExtra extra = ZipExtra.read(variable(in, fields.getShort(30)));
        variable(in, fields.getShort(32));
        int flags = Short.toUnsignedInt(fields.getShort(8));
        String name = ZipNames.decode(rawName, flags, fields.get(5), extra);
        if ((flags & ENCRYPTED) != 0) {
            throw Unacceptable.hostile(name, "it is encrypted");
        }
        ZipExtra.Sizes sizes = extra.sizes(fields.getInt(24), fields.getInt(20), fields.getInt(42));
        return new ZipRecord(
                rawName,
                name,
                fields.get(5),
                fields.getInt(38),
                fields.getShort(10),
                Integer.toUnsignedLong(fields.getInt(16)),
                sizes.packed(),
                sizes.size(),
                sizes.local(),
                extra.modified(fields.getShort(14), fields.getShort(12)));
    }

    private static byte[] variable(ByteWindow in, short length) throws IOException {
        byte[] bytes = new byte[Short.toUnsignedInt(length)];
        if (in.readBlock(bytes) < bytes.length) {
            throw Unacceptable.damaged("a zip whose directory is too short");
        }
        return bytes;
    }

    /** What it is, by its Unix mode where there is one, else by the slash that ends a folder's name. */
    Kind kind() throws Unacceptable {
        Kind byName = name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
        return switch (mode() & TYPE_OF_MODE) {
            case 0 -> byName;
            case 0100000 -> byName;
            case 0040000 -> Kind.FOLDER;
            case 0120000 -> Kind.SYMBOLIC_LINK;
            case 0010000 -> throw Unacceptable.hostile(name, "a FIFO");
            case 0020000, 0060000 -> throw Unacceptable.hostile(name, "a device");
            default -> throw Unacceptable.hostile(name, "an entry of unknown type");
        };
    }

    int permissions() {
        return mode() & 0777;
    }

    private int mode() {
        return system == UNIX || system == DARWIN ? attributes >>> 16 : 0;
    }
}
