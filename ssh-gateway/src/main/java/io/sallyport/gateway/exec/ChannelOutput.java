package io.sallyport.gateway.exec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.helpers.PacketBuffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a channel, standard output or standard error, written by one virtual thread. One write is in flight
 * at a time, while the next one is made ready, and completes as the peer's window allows: a peer that does not read
 * blocks its own thread only.
 */
final class ChannelOutput {
    /** Packet length, padding length, message number, recipient and data length (RFC 4253 section 6, RFC 4254 5.2). */
    private static final int HEADER = SshConstants.SSH_PACKET_HEADER_LEN + 1 + 4 + 4;

    /** Room behind the data for padding and the authentication tag. */
    private static final int TRAILER = 64;

    private final IoOutputStream stream;
    private final int packet;
    private final boolean terminal;
    private @Nullable IoWriteFuture inFlight;
    private byte[] held = new byte[0];

    /**
     * Writes to the stream.
     *
     * @param packet the largest packet that the peer takes
     * @param terminal whether a terminal in raw mode is at the other end, which needs a return before each line feed
     */
    ChannelOutput(IoOutputStream stream, int packet, boolean terminal) {
        this.stream = stream;
        this.packet = packet;
        this.terminal = terminal;
    }

    /** Writes a text with which the answer ends: it may be held back, to go out with the exit status. */
    void last(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = terminal ? returned(bytes, bytes.length) : bytes;
        if (all.length <= packet && held.length == 0) {
            held = all;
        } else {
            write(text);
        }
    }

    /** How many bytes are held back. */
    int held() {
        return held.length;
    }

    /** Sends what is held back, without waiting. Only after {@link #flush}. */
    void sendHeld() throws IOException {
        if (held.length > 0) {
            inFlight = stream.writeBuffer(new ByteArrayBuffer(held));
            held = new byte[0];
        }
    }

    /** Waits until all that was written is on its way; what is held back stays so. */
    void flush() throws IOException {
        IoWriteFuture written = inFlight;
        if (written == null) {
            return;
        }
        inFlight = null;
        try {
            written.await();
        } catch (InterruptedIOException e) {
            throw new InterruptedIOException("the peer is gone");
        }
        if (!written.isWritten()) {
            throw new IOException("the peer is gone", written.getException());
        }
    }

    /** Writes a text in UTF-8. */
    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes; on a terminal, line feeds become return and line feed. */
    void write(byte[] bytes) throws IOException {
        byte[] all = terminal ? returned(bytes, bytes.length) : bytes;
        for (int from = 0; from < all.length; from += packet) {
            int length = Math.min(packet, all.length - from);
            send(new ByteArrayBuffer(all, from, length));
        }
    }

    /** Copies all that the channel has, packet by packet, each read straight into the packet that is sent. */
    void copy(ReadableByteChannel from) throws IOException {
        if (terminal) {
            copyToTerminal(from);
            return;
        }
        while (true) {
            // A packet is encrypted where it stands, so each needs an array of its own while it is in flight.
            byte[] array = new byte[HEADER + packet + TRAILER];
            int length = from.read(ByteBuffer.wrap(array, HEADER, packet));
            if (length < 0) {
                return;
            }
            if (length > 0) {
                PacketBuffer buffer = new PacketBuffer(array, false);
                buffer.wpos(HEADER + length);
                buffer.rpos(HEADER);
                send(buffer);
            }
        }
    }

    private void copyToTerminal(ReadableByteChannel from) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(packet / 2);
        while (from.read(chunk) >= 0) {
            write(java.util.Arrays.copyOf(chunk.array(), chunk.position()));
            chunk.clear();
        }
    }

    private void send(ByteArrayBuffer buffer) throws IOException {
        flush();
        inFlight = stream.writeBuffer(buffer);
    }

    private static byte[] returned(byte[] bytes, int length) {
        int feeds = 0;
        for (int i = 0; i < length; i++) {
            feeds += bytes[i] == '\n' ? 1 : 0;
        }
        byte[] more = new byte[length + feeds];
        int to = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                more[to++] = '\r';
            }
            more[to++] = bytes[i];
        }
        return more;
    }
}
