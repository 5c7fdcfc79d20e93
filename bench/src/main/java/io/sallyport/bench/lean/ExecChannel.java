package io.sallyport.bench.lean;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One command on one channel (RFC 4254, sections 5 and 6). */
final class ExecChannel {
    private static final int WINDOW = 2 << 20;
    private static final int PACKET = 32 << 10;

    private final Packets packets;
    private final int own;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int exit = -1;

    ExecChannel(Packets packets, int own) {
        this.packets = packets;
        this.own = own;
    }

    /** Sends the input at once: it has to fit into the window that the peer opens with. */
    Answer run(String command, byte[] input) throws IOException {
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
        int peer = new Fields(opened).skip(1 + Integer.BYTES).integer();
        Message request = new Message()
                .number(MessageType.CHANNEL_REQUEST)
                .integer(peer)
                .string("exec")
                .flag(false)
                .string(command);
        Message end = new Message().number(MessageType.CHANNEL_EOF).integer(peer);
        List<Message> messages = new ArrayList<>(List.of(request));
        for (int from = 0; from < input.length; from += PACKET) {
            messages.add(new Message()
                    .number(MessageType.CHANNEL_DATA)
                    .integer(peer)
                    .string(Arrays.copyOfRange(input, from, Math.min(input.length, from + PACKET))));
        }
        messages.add(end);
        packets.send(messages.toArray(Message[]::new));
        read();
        packets.send(new Message().number(MessageType.CHANNEL_CLOSE).integer(peer));
        return new Answer(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), exit);
    }

    private void read() throws IOException {
        while (true) {
            byte[] message = packets.receive();
            Fields fields = new Fields(message).skip(1 + Integer.BYTES);
            switch (message[0]) {
                case MessageType.CHANNEL_DATA -> out.writeBytes(fields.string());
                case MessageType.CHANNEL_EXTENDED_DATA ->
                    err.writeBytes(fields.skip(Integer.BYTES).string());
                case MessageType.CHANNEL_REQUEST -> {
                    if (fields.text().equals("exit-status")) {
                        exit = fields.skip(1).integer();
                    }
                }
                case MessageType.CHANNEL_WINDOW_ADJUST, MessageType.CHANNEL_EOF -> {}
                case MessageType.CHANNEL_CLOSE -> {
                    return;
                }
                default -> throw new IOException("message " + message[0] + " on a channel");
            }
        }
    }
}
