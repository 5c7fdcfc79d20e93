package io.sallyport.builds.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952): one member or several in a row, zeros after the last one. Unlike the JDK's it takes
 * nothing else after a member for the end, and keeps no name or comment of a header, however long.
 */
final class GzipInput extends InputStream {
    private static final int HAS_CHECKSUM = 0x02;
    private static final int HAS_EXTRA = 0x04;
    private static final int HAS_NAME = 0x08;
    private static final int HAS_COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    private final ByteWindow in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean inMember;
    private boolean ended;

    GzipInput(ByteWindow in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember) {
                startMember();
                continue;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        if (!in.hasMore()) {
            throw Unacceptable.damaged("the gzip data ends too early");
        }
        inflater.setInput(in.bytes(), in.offset(), in.available());
        try {
            int count = inflater.inflate(target, offset, length);
            if (inflater.needsDictionary()) {
                throw Unacceptable.damaged("gzip data that wants a dictionary");
            }
            return count;
        } catch (DataFormatException e) {
            throw Unacceptable.damaged("the gzip data is damaged");
        } finally {
            in.skip(in.available() - inflater.getRemaining());
        }
    }

    private void startMember() throws IOException {
        boolean first = in.position() == 0;
        int magic = in.read();
        if (magic <= 0 && !first) {
            ended = true;
            endPadding();
            return;
        }
        if (magic != 0x1f || in.read() != 0x8b || in.read() != 8) {
            throw Unacceptable.damaged("no gzip data where it should be");
        }
        skipHeader(in.read());
        inflater.reset();
        crc.reset();
        inMember = true;
    }

    private void endPadding() throws IOException {
        for (int b = 0; b >= 0; b = in.read()) {
            if (b != 0) {
                throw Unacceptable.damaged("other bytes than zeros after the gzip data");
            }
        }
    }

    private void skipHeader(int flags) throws IOException {
        if ((flags & RESERVED) != 0) {
            throw Unacceptable.damaged("a gzip header of an unknown kind");
        }
        pass(6);
        if ((flags & HAS_EXTRA) != 0) {
            pass(littleEndian(2));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_CHECKSUM) != 0) {
            pass(2);
        }
    }

    private void endMember() throws IOException {
        long sum = littleEndian(4);
        long length = littleEndian(4);
        if (sum != crc.getValue() || length != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw Unacceptable.damaged("the gzip data has a wrong checksum");
        }
        inMember = false;
    }

    private long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) oneByte() << (8 * i);
        }
        return value;
    }

    private void skipText() throws IOException {
        while (oneByte() != 0) {
            // Names and comments are of no use here.
        }
    }

    private void pass(long count) throws IOException {
        if (in.skip(count) < count) {
            throw Unacceptable.damaged("the gzip data ends too early");
        }
    }

    private int oneByte() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw Unacceptable.damaged("the gzip data ends too early");
        }
        return b;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
