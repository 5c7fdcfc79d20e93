package io.sallyport.builds.git;

import io.sallyport.builds.blob.BlobWriter;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a fetch, unpacked one behind the other in a file that nobody keeps: whatever a pack says, it costs disk
 * within the bound and no memory. For one thread.
 */
final class Objects implements Closeable {
    private static final int BUFFER = 256 << 10;

    private final BlobWriter scratch;
    private final FileChannel file;
    private final MessageDigest hash;
    private final long mostBytes;
    private final Map<ObjectId, Located> known = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long charged;
    private long start;
    private long size;
    private ObjectType type = ObjectType.BLOB;

    /** Where an object is. */
    record Located(ObjectType type, long start, long length) {}

    /**
     * Keeps objects in a file.
     *
     * @param scratch that is closed with this and never committed
     * @param hash that names objects
     * @param mostBytes that they may have, all together
     */
    Objects(BlobWriter scratch, MessageDigest hash, long mostBytes) throws IOException {
        this.scratch = scratch;
        this.file = FileChannel.open(scratch.file(), StandardOpenOption.READ);
        this.hash = hash;
        this.mostBytes = mostBytes;
    }

    /** The object of that name. */
    Optional<Located> find(ObjectId id) {
        return Optional.ofNullable(known.get(id));
    }

    /** Counts bytes that have to be unpacked, whatever becomes of them. */
    void charge(long bytes) throws GitFailure {
        if (bytes > mostBytes - charged) {
            throw GitFailure.tooLarge("unpacked bytes", mostBytes);
        }
        charged += bytes;
    }

    /** Where the next byte is put. */
    long position() {
        return scratch.bytes() + buffer.position();
    }

    /** Begins an object of that many bytes, which {@link #append} brings. */
    void begin(ObjectType what, long length) throws GitFailure {
        charge(length);
        type = what;
        size = length;
        start = position();
        hash.reset();
        hash.update(what.header(length));
    }

    void append(byte[] bytes, int offset, int length) throws IOException {
        hash.update(bytes, offset, length);
        put(bytes, offset, length);
    }

    /** Ends the object that was begun. */
    Named end() throws GitFailure {
        if (position() - start != size) {
            throw GitFailure.malformed("an object has another size than it says");
        }
        byte[] name = hash.digest();
        Located located = new Located(type, start, size);
        ObjectId id = ObjectId.of(name, 0, name.length);
        known.putIfAbsent(id, located);
        return new Named(id, located);
    }

    /** An object that is there. */
    record Named(ObjectId id, Located located) {}

    /** Puts bytes aside that are no object. */
    void put(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int count = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, offset + done, count);
            done += count;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        scratch.write(buffer);
        buffer.clear();
    }

    /** Fills a part of an array from a place in the file. */
    void read(long from, byte[] target, int offset, int length) throws IOException {
        if (from + length > scratch.bytes()) {
            flush();
        }
        ByteBuffer wanted = ByteBuffer.wrap(target, offset, length);
        long at = from;
        while (wanted.hasRemaining()) {
            int count = file.read(wanted, at);
            if (count < 0) {
                throw new EOFException("the file of unpacked objects has become shorter");
            }
            at += count;
        }
    }

    /** The bytes of an object. */
    InputStream open(Located object) {
        return new Region(this, object.start(), object.length());
    }

    /** The bytes of an object that is not larger than that. */
    byte[] bytes(Located object, int most) throws IOException {
        if (object.length() > most) {
            throw GitFailure.malformed("a commit, tag or link of " + object.length() + " bytes");
        }
        byte[] bytes = new byte[(int) object.length()];
        read(object.start(), bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            scratch.close();
        }
    }
}
