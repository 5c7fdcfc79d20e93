package io.sallyport.bench.lean;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A channel that stays open, the only one of its connection (RFC 4254, sections 5 and 6). For one thread. */
public final class OpenChannel {
    private static final int WINDOW = 2 << 20;
    private static final int PACKET = 32 << 10;

    private final Packets packets;
    private final int peer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long room;
    private int taken;
    private byte[] chunk = new byte[0];
    private int at;

    private OpenChannel(Packets packets, int peer, long room) {
        this.packets = packets;
        this.peer = peer;
        this.room = room;
    }

    /** Opens one for a request of that kind, {@code exec} or {@code subsystem}. */
    static OpenChannel open(Packets packets, int own, String kind, String what) throws IOException {
        packets.send(new Message()
                .number(MessageType.CHANNEL_OPEN)
                .string("session")
                .integer(own)
                .integer(WINDOW)
                .integer(PACKET));
        byte[] opened = packets.receive();
        if (opened[0] == MessageType.CHANNEL_OPEN_FAILURE) {
            throw new IOException("no channel");
        }
        Fields fields = new Fields(opened).skip(1 + Integer.BYTES);
        int peer = fields.integer();
        long room = Integer.toUnsignedLong(fields.integer());
        packets.send(new Message()
                .number(MessageType.CHANNEL_REQUEST)
                .integer(peer)
                .string(kind)
                .flag(false)
                .string(what));
        return new OpenChannel(packets, peer, room);
    }

    /** Sends lines in one packet, which they have to fit into. */
    public void send(byte[] lines) throws IOException {
        while (room < lines.length) {
            byte[] message = packets.receive();
            if (message[0] != MessageType.CHANNEL_WINDOW_ADJUST) {
                throw new IOException("message " + message[0] + " where room was waited for");
            }
            room += new Fields(message).skip(1 + Integer.BYTES).integer();
        }
        room -= lines.length;
        packets.send(
                new Message().number(MessageType.CHANNEL_DATA).integer(peer).string(lines));
    }

    /** The next line, without its end. */
    public String line() throws IOException {
        while (true) {
            int from = at;
            while (at < chunk.length && chunk[at] != '\n') {
                at++;
            }
            line.write(chunk, from, at - from);
            if (at < chunk.length) {
                at++;
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                return text;
            }
            byte[] next = chunk();
            if (next == null) {
                throw new EOFException("the channel has ended");
            }
            chunk = next;
            at = 0;
        }
    }

    /** Whether the next line has come already, whole. */
    public boolean hasLine() {
        for (int i = at; i < chunk.length; i++) {
            if (chunk[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** The next bytes of standard output as they come; nothing at the end. */
    public byte @Nullable [] chunk() throws IOException {
        while (true) {
            byte[] message = packets.receive();
            Fields fields = new Fields(message).skip(1 + Integer.BYTES);
            switch (message[0]) {
                case MessageType.CHANNEL_DATA -> {
                    byte[] data = fields.string();
                    take(data.length);
                    return data;
                }
                case MessageType.CHANNEL_EXTENDED_DATA ->
                    take(fields.skip(Integer.BYTES).string().length);
                case MessageType.CHANNEL_WINDOW_ADJUST -> room += fields.integer();
                case MessageType.CHANNEL_REQUEST, MessageType.CHANNEL_EOF -> {}
                case MessageType.CHANNEL_CLOSE -> {
                    // unanswered it would count among the connection's open channels (RFC 4254, section 5.3)
                    packets.send(new Message().number(MessageType.CHANNEL_CLOSE).integer(peer));
                    return null;
                }
                default -> throw new IOException("message " + message[0] + " on a channel");
            }
        }
    }

    private void take(int bytes) throws IOException {
        taken += bytes;
        if (taken > WINDOW / 2) {
            packets.send(new Message()
                    .number(MessageType.CHANNEL_WINDOW_ADJUST)
                    .integer(peer)
                    .integer(taken));
            taken = 0;
        }
    }
}
