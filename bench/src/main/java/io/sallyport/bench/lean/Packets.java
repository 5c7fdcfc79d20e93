package io.sallyport.bench.lean;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Messages in packets (RFC 4253, section 6), in the clear at first and then sealed. For one thread. */
final class Packets {
    private static final int LONGEST = 256 * 1024;
    private static final int LONGEST_LINE = 255;
    private static final int BLOCK = 16;
    private static final int LEAST_PADDING = 4;
    private static final int LENGTH = 4;

    private final DataInputStream in;
    private final OutputStream out;
    private @Nullable Seal outgoing;
    private @Nullable Seal incoming;

    Packets(DataInputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** From now on what is sent is sealed. */
    void sealOutgoing(Seal seal) {
        outgoing = seal;
    }

    /** From now on what comes is sealed. */
    void openIncoming(Seal seal) {
        incoming = seal;
    }

    /** Tells the own version and answers the peer's (RFC 4253, section 4.2). */
    String exchangeVersions(String own) throws IOException {
        out.write((own + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = line();
        while (!line.startsWith("SSH-")) {
            line = line();
        }
        return line;
    }

    /** Sends messages in one write. */
    void send(Message... messages) throws IOException {
        byte[][] packets = new byte[messages.length][];
        int length = 0;
        for (int i = 0; i < messages.length; i++) {
            packets[i] = packet(messages[i].bytes());
            length += packets[i].length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] packet : packets) {
            all.put(packet);
        }
        out.write(all.array());
    }

    /** Who asks whether this client is still there hears that it is (RFC 4254, section 4). */
    private void answer(byte[] request) throws IOException {
        int name = ByteBuffer.wrap(request).getInt(1);
        if (request[1 + LENGTH + name] != 0) {
            send(new Message().number(MessageType.REQUEST_FAILURE));
        }
    }

    /** The next message, its number first; passes over those that say nothing to this client. */
    byte[] receive() throws IOException {
        while (true) {
            byte[] message = receiveAny();
            switch (message[0]) {
                case MessageType.IGNORE, MessageType.DEBUG, MessageType.EXT_INFO, MessageType.USERAUTH_BANNER -> {}
                case MessageType.GLOBAL_REQUEST -> answer(message);
                case MessageType.DISCONNECT ->
                    throw new EOFException("disconnected: "
                            + new Fields(message).skip(1 + LENGTH).text());
                default -> {
                    return message;
                }
            }
        }
    }

    /** The next message, which has to be of that type. */
    Fields expect(int type) throws IOException {
        byte[] message = receive();
        if (message[0] != type) {
            throw new IOException("message " + message[0] + " instead of " + type);
        }
        return new Fields(message).skip(1);
    }

    private byte[] packet(byte[] message) throws IOException {
        Seal seal = outgoing;
        // With an authenticated cipher the length is outside of what is padded to whole blocks.
        int outside = seal == null ? LENGTH : 0;
        int padding = BLOCK - (outside + 1 + message.length) % BLOCK;
        padding += padding < LEAST_PADDING ? BLOCK : 0;
        int length = 1 + message.length + padding;
        ByteBuffer packet = ByteBuffer.allocate(LENGTH + length + (seal == null ? 0 : Seal.TAG));
        packet.putInt(length).put((byte) padding).put(message);
        if (seal != null) {
            try {
                seal.seal(packet.array(), LENGTH, length);
            } catch (GeneralSecurityException e) {
                throw new IOException("sealing failed", e);
            }
        }
        return packet.array();
    }

    private byte[] receiveAny() throws IOException {
        Seal seal = incoming;
        int length = in.readInt();
        if (length < 1 + LEAST_PADDING || length > LONGEST) {
            throw new IOException("a packet of " + length + " bytes");
        }
        byte[] packet = new byte[LENGTH + length + (seal == null ? 0 : Seal.TAG)];
        ByteBuffer.wrap(packet).putInt(length);
        in.readFully(packet, LENGTH, packet.length - LENGTH);
        if (seal != null) {
            try {
                seal.open(packet, LENGTH, length);
            } catch (GeneralSecurityException e) {
                throw new IOException("a packet that is not the server's", e);
            }
        }
        byte[] message = new byte[length - 1 - (packet[LENGTH] & 0xff)];
        System.arraycopy(packet, LENGTH + 1, message, 0, message.length);
        return message;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a version line without end");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
