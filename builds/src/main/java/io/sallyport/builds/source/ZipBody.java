package io.sallyport.builds.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** The content of one entry of a zip; at its end it must have the size and the CRC-32 that the directory says. */
final class ZipBody extends InputStream {
    private final InputStream content;
    private final ZipRecord record;
    private final CRC32 crc = new CRC32();
    private long count;

    ZipBody(ZipRecord record, InputStream content) {
        this.record = record;
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = readContent(target, offset, length);
        if (read < 0) {
            requireWhole();
            return -1;
        }
        count += read;
        crc.update(target, offset, read);
        if (count > record.size()) {
            throw wrong("is longer than its size says");
        }
        return read;
    }

    private int readContent(byte[] target, int offset, int length) throws IOException {
        try {
            return content.read(target, offset, length);
        } catch (EOFException e) {
            throw wrong("ends too early");
        } catch (ZipException e) {
            throw wrong("has damaged data");
        }
    }

    private void requireWhole() throws Unacceptable {
        if (count != record.size()) {
            throw wrong("is shorter than its size says");
        }
        if (crc.getValue() != record.crc()) {
            throw wrong("has a wrong checksum");
        }
    }

    private Unacceptable wrong(String how) {
        return Unacceptable.damaged(Names.printable(record.name()) + " " + how);
    }
}
