package io.sallyport.gateway.channel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.RemoteWindow;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.helpers.PacketBuffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a channel, standard output or standard error (RFC 4254, section 5.2). Bytes are gathered in packets
 * that are encrypted and sent where they stand. A few packets may be on their way at a time, so that one is filled
 * while others are written; a peer that does not read blocks the writing thread only. For one thread.
 */
public final class PacketOutput {
    /** Whatever a peer would take: a thousand channels that nobody reads must not fill the memory. */
    private static final int LARGEST = 32 * 1024;

    /** Room behind the data for padding and the authentication tag. */
    private static final int TRAILER = 128;

    private static final int MOST_ON_THEIR_WAY = 4;
    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final ChannelSession channel;
    private final RemoteWindow window;
    private final boolean error;
    private final int begin;
    private final int size;
    private final ArrayDeque<Sent> onTheirWay = new ArrayDeque<>();
    private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
    private byte @Nullable [] packet;
    private int filled;

    private PacketOutput(ChannelSession channel, boolean error) {
        this.channel = channel;
        this.window = channel.getRemoteWindow();
        this.error = error;
        // Packet and padding length, message number, recipient, for standard error its code, and the data's length.
        this.begin = SshConstants.SSH_PACKET_HEADER_LEN + 1 + 4 + (error ? 4 : 0) + 4;
        this.size = (int) Math.min(window.getPacketSize(), LARGEST);
    }

    /** A packet on its way; its bytes can be used again when it is there. */
    private static final class Sent {
        private final IoWriteFuture future;
        private final byte[] bytes;

        Sent(IoWriteFuture future, byte[] bytes) {
            this.future = future;
            this.bytes = bytes;
        }
    }

    /** The channel's standard output. */
    public static PacketOutput standard(ChannelSession channel) {
        return new PacketOutput(channel, false);
    }

    /** The channel's standard error. */
    public static PacketOutput error(ChannelSession channel) {
        return new PacketOutput(channel, true);
    }

    /** How many bytes of data the peer takes in one packet. */
    public int packetSize() {
        return size;
    }

    /** Adds bytes. */
    public void put(byte[] bytes, int offset, int length) throws IOException {
        int left = length;
        while (left > 0) {
            byte[] into = open();
            int step = Math.min(left, size - filled);
            System.arraycopy(bytes, offset + length - left, into, begin + filled, step);
            filled += step;
            left -= step;
        }
    }

    /**
     * Reads once, straight into the packet under way.
     *
     * @param most bytes to read, from 1
     * @return how many were read; -1 at the end
     */
    public int read(ReadableByteChannel from, int most) throws IOException {
        byte[] into = open();
        int count = from.read(ByteBuffer.wrap(into, begin + filled, Math.min(most, size - filled)));
        filled += Math.max(count, 0);
        return count;
    }

    /** How many bytes have been added and not been sent. */
    public int pending() {
        return filled;
    }

    /** Sends what has been added, however little it is. */
    public void flush() throws IOException {
        while (filled > 0) {
            send();
        }
    }

    /**
     * Keeps no memory that is not needed while nothing is sent.
     *
     * @return false as long as some is, since a packet is still on its way: worth another call
     */
    public boolean rest() {
        reclaim();
        spare.clear();
        return onTheirWay.isEmpty();
    }

    /** The packet under way, with room for a byte at least. */
    private byte[] open() throws IOException {
        while (filled == size) {
            send();
        }
        byte[] open = packet;
        if (open == null) {
            open = fresh();
            packet = open;
        }
        return open;
    }

    private byte[] fresh() {
        reclaim();
        byte[] free = spare.poll();
        return free != null ? free : new byte[begin + size + TRAILER];
    }

    /** Sends the packet under way, or as much of it as the peer's window has room for. */
    private void send() throws IOException {
        byte[] bytes = packet;
        if (bytes == null) {
            throw new IllegalStateException("there is no packet");
        }
        int length = (int) Math.min(space(), filled);
        byte @Nullable [] rest = null;
        if (length < filled) {
            rest = fresh();
            System.arraycopy(bytes, begin + length, rest, begin, filled - length);
        }
        transmit(bytes, length);
        packet = rest;
        filled -= length;
    }

    private long space() throws IOException {
        try {
            return window.waitForSpace(FOR_EVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the peer is gone");
        }
    }

    private void transmit(byte[] bytes, int length) throws IOException {
        while (onTheirWay.size() >= MOST_ON_THEIR_WAY) {
            awaitHalf();
        }
        window.consume(length);
        PacketBuffer buffer = new PacketBuffer(bytes, false);
        buffer.wpos(SshConstants.SSH_PACKET_HEADER_LEN);
        buffer.rpos(SshConstants.SSH_PACKET_HEADER_LEN);
        buffer.putByte(error ? SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA : SshConstants.SSH_MSG_CHANNEL_DATA);
        buffer.putUInt(channel.getRecipient());
        if (error) {
            buffer.putUInt(SshConstants.SSH_EXTENDED_DATA_STDERR);
        }
        buffer.putUInt(length);
        buffer.wpos(begin + length);
        onTheirWay.add(new Sent(channel.writePacket(buffer), bytes));
    }

    /** Waits for several at once, so that the thread is not woken for each packet. */
    private void awaitHalf() throws IOException {
        Iterator<Sent> oldest = onTheirWay.iterator();
        for (int i = 1; i < MOST_ON_THEIR_WAY / 2; i++) {
            oldest.next();
        }
        IoWriteFuture last = oldest.next().future;
        last.await();
        if (!last.isWritten()) {
            throw new IOException("the peer is gone", last.getException());
        }
        reclaim();
    }

    private void reclaim() {
        Sent oldest = onTheirWay.peek();
        while (oldest != null && oldest.future.isWritten()) {
            onTheirWay.remove();
            spare.push(oldest.bytes);
            oldest = onTheirWay.peek();
        }
    }
}
