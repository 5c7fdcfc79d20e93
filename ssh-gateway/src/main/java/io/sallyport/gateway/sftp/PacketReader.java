package io.sallyport.gateway.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Requests, one after the other: each is its length and as many bytes (draft-ietf-secsh-filexfer-02, section 3). The data
 * of a WRITE stay in the channel for whoever takes them. For one thread.
 */
final class PacketReader {
    /** Length of a packet without its length field, as OpenSSH has it. */
    static final int LONGEST = 256 * 1024;

    private static final int LENGTH = 4;

    /** Type, id, handle with its length, offset, and the length of the data. */
    private static final int WRITE_HEAD = 1 + 4 + LENGTH + Handles.LENGTH + 8 + LENGTH;

    private final InputStream in;

    PacketReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next request; empty when the peer has sent its last.
     *
     * @throws MalformedPacketException when it is no request, or too long for one
     * @throws EOFException when the peer is gone within it
     */
    Optional<Packet> next() throws IOException {
        byte[] prefix = new byte[LENGTH];
        int count = in.readNBytes(prefix, 0, LENGTH);
        if (count == 0) {
            return Optional.empty();
        }
        require(count == LENGTH);
        int length = ByteBuffer.wrap(prefix).getInt();
        if (length < 1 + 4 || length > LONGEST) {
            throw new MalformedPacketException("a packet of " + Integer.toUnsignedString(length) + " bytes");
        }
        return Optional.of(packet(length));
    }

    private Packet packet(int length) throws IOException {
        byte[] head = bytes(Math.min(length, WRITE_HEAD));
        ByteBuffer fields = ByteBuffer.wrap(head);
        int type = fields.get() & 0xff;
        int id = fields.getInt();
        if (RequestType.WRITE.is(type) && length >= WRITE_HEAD && fields.getInt() == Handles.LENGTH) {
            int data = ByteBuffer.wrap(head).getInt(WRITE_HEAD - LENGTH);
            if (data != length - WRITE_HEAD) {
                throw new MalformedPacketException("a write whose length is not that of its packet");
            }
            return new Packet(type, id, new ByteArrayBuffer(head, 1 + 4, WRITE_HEAD - 1 - 4), data);
        }
        byte[] whole = new byte[length];
        System.arraycopy(head, 0, whole, 0, head.length);
        require(in.readNBytes(whole, head.length, length - head.length) == length - head.length);
        return new Packet(type, id, new ByteArrayBuffer(whole, 1 + 4, length - 1 - 4), 0);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        require(in.readNBytes(bytes, 0, length) == length);
        return bytes;
    }

    private static void require(boolean whole) throws EOFException {
        if (!whole) {
            throw new EOFException("the peer's last request has no end");
        }
    }
}
