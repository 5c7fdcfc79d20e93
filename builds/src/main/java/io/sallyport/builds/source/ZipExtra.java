package io.sallyport.builds.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The extra fields of a zip's record that matter here: large sizes, a Unicode name, an exact time (APPNOTE 4.5, 4.6).
 * Times without a zone are taken for UTC, so that a source is the same wherever the gateway is.
 */
final class ZipExtra {
    private static final int ZIP64 = 0x0001;
    private static final int UNICODE_NAME = 0x7075;
    private static final int UNIX_TIME = 0x5455;
    private static final long SAYS_ZIP64 = 0xffff_ffffL;

    private final Map<Integer, ByteBuffer> fields;

    private ZipExtra(Map<Integer, ByteBuffer> fields) {
        this.fields = fields;
    }

    /** Sizes and the place of the local header, as 64 bits where 32 do not suffice. */
    record Sizes(long size, long packed, long local) {}

    static ZipExtra read(byte[] bytes) throws Unacceptable {
        Map<Integer, ByteBuffer> fields = new HashMap<>();
        ByteBuffer extra = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                throw Unacceptable.damaged("a zip with a malformed extra field");
            }
            ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            fields.putIfAbsent(id, field);
            extra.position(extra.position() + length);
        }
        return new ZipExtra(fields);
    }

    Sizes sizes(int size, int packed, int local) throws Unacceptable {
        ByteBuffer large = field(ZIP64);
        Sizes sizes = new Sizes(either(size, large), either(packed, large), either(local, large));
        if (sizes.size < 0 || sizes.packed < 0 || sizes.local < 0) {
            throw Unacceptable.damaged("a zip with a negative size");
        }
        return sizes;
    }

    private static long either(int small, ByteBuffer large) throws Unacceptable {
        long value = Integer.toUnsignedLong(small);
        if (value != SAYS_ZIP64) {
            return value;
        }
        if (large.remaining() < Long.BYTES) {
            throw Unacceptable.damaged("a zip64 without its sizes");
        }
        return large.getLong();
    }

    /** The name in UTF-8 that Info-ZIP adds, if it was made for the name that the record has. */
    Optional<String> unicodeName(byte[] rawName) {
        ByteBuffer field = field(UNICODE_NAME);
        if (field.remaining() < 5 || field.get() != 1) {
            return Optional.empty();
        }
        CRC32 crc = new CRC32();
        crc.update(rawName);
        if (field.getInt() != (int) crc.getValue()) {
            return Optional.empty();
        }
        byte[] name = new byte[field.remaining()];
        field.get(name);
        return Names.utf8(name);
    }

    Instant modified(short dosDate, short dosTime) {
        ByteBuffer field = field(UNIX_TIME);
        if (field.remaining() >= 5 && (field.get() & 1) != 0) {
            return Times.of(field.getInt(), 0);
        }
        return dos(Short.toUnsignedInt(dosDate), Short.toUnsignedInt(dosTime));
    }

    private static Instant dos(int date, int time) {
        try {
            return LocalDateTime.of(
                            1980 + (date >> 9),
                            (date >> 5) & 15,
                            date & 31,
                            time >> 11,
                            (time >> 5) & 63,
                            (time & 31) * 2)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Instant.EPOCH; // some programs write zeros for "unknown"
        }
    }

    private ByteBuffer field(int id) {
        ByteBuffer field = fields.get(id);
        return field == null ? ByteBuffer.allocate(0) : field.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
