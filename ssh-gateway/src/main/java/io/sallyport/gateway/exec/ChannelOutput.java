package io.sallyport.gateway.exec;

import io.sallyport.gateway.channel.PacketOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Standard output or standard error as a request's answer uses it: what is written is on its way when the call returns,
 * but for what may be held back to go out with the exit status.
 */
public final class ChannelOutput {
    private final PacketOutput packets;
    private final boolean terminal;
    private long written;

    /**
     * Writes to a direction of the channel.
     *
     * @param terminal whether a terminal in raw mode is at the other end, which needs a return before each line feed
     */
    ChannelOutput(PacketOutput packets, boolean terminal) {
        this.packets = packets;
        this.terminal = terminal;
    }

    /** How many bytes have been written, those held back included. */
    public long written() {
        return written;
    }

    /** Writes a text with which the answer ends: as much of it as a packet holds is held back until {@link #flush}. */
    void last(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = terminal ? returned(bytes) : bytes;
        packets.put(all, 0, all.length);
        written += all.length;
    }

    /** How many bytes are held back. */
    int held() {
        return packets.pending();
    }

    /**
     * Sends what is held back.
     *
     * @throws IOException when the peer is gone
     */
    public void flush() throws IOException {
        packets.flush();
    }

    /** Writes a text in UTF-8. */
    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes; on a terminal, line feeds become return and line feed. */
    void write(byte[] bytes) throws IOException {
        byte[] all = terminal ? returned(bytes) : bytes;
        packets.put(all, 0, all.length);
        written += all.length;
        packets.flush();
    }

    /** Copies all that the channel has, each piece as soon as it can be read. */
    void copy(ReadableByteChannel from) throws IOException {
        if (terminal) {
            copyToTerminal(from);
            return;
        }
        for (int count = packets.read(from, Integer.MAX_VALUE);
                count >= 0;
                count = packets.read(from, Integer.MAX_VALUE)) {
            packets.flush();
            written += count;
        }
    }

    private void copyToTerminal(ReadableByteChannel from) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(packets.packetSize() / 2);
        while (from.read(chunk) >= 0) {
            write(Arrays.copyOf(chunk.array(), chunk.position()));
            chunk.clear();
        }
    }

    private static byte[] returned(byte[] bytes) {
        int feeds = 0;
        for (byte b : bytes) {
            feeds += b == '\n' ? 1 : 0;
        }
        byte[] more = new byte[bytes.length + feeds];
        int to = 0;
        for (byte b : bytes) {
            if (b == '\n') {
                more[to++] = '\r';
            }
            more[to++] = b;
        }
        return more;
    }
}
