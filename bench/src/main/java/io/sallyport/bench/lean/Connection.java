package io.sallyport.bench.lean;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;

/** A connection that is logged in. For one thread. */
public final class Connection implements AutoCloseable {
    private static final int BUFFER = 8 * 1024;

    private final Socket socket;
    private final Packets packets;
    private int channels;

    private Connection(Socket socket, Packets packets) {
        this.socket = socket;
        this.packets = packets;
    }

    /**
     * Connects and logs in.
     *
     * @throws IOException when the server does not answer, or not as it should
     */
    public static Connection open(InetSocketAddress server, String user, LoginKey key) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(server);
            DataInputStream in = new DataInputStream(new BufferedInputStream(new PromptInput(socket), BUFFER));
            Packets packets = new Packets(in, socket.getOutputStream());
            login(packets, new KeyExchange(packets).run(), user, key);
            return new Connection(socket, packets);
        } catch (GeneralSecurityException | IOException e) {
            socket.close();
            throw new IOException("no connection to " + server, e);
        }
    }

    /**
     * Runs a command on a channel of its own and waits for its end.
     *
     * @throws IOException when the connection breaks, or the command is refused
     */
    public Answer run(String command) throws IOException {
        return run(command, new byte[0]);
    }

    /**
     * The same, with standard input, which has to fit into a window.
     *
     * @throws IOException when the connection breaks, or the command is refused
     */
    public Answer run(String command, byte[] input) throws IOException {
        return new ExecChannel(packets, channels++).run(command, input);
    }

    /**
     * Opens a channel that stays open, and is the only one as long as it is used.
     *
     * @param kind {@code exec} or {@code subsystem}
     * @param what the command or the name
     * @throws IOException when the connection breaks, or the channel is refused
     */
    public OpenChannel channel(String kind, String what) throws IOException {
        return OpenChannel.open(packets, channels++, kind, what);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Signs at once, without asking whether the key would do (RFC 4252, section 7). */
    private static void login(Packets packets, byte[] session, String user, LoginKey key)
            throws IOException, GeneralSecurityException {
        Message request = new Message()
                .number(MessageType.USERAUTH_REQUEST)
                .string(user)
                .string("ssh-connection")
                .string("publickey")
                .flag(true)
                .string(LoginKey.TYPE)
                .string(key.publicBlob());
        byte[] signature =
                key.sign(new Message().string(session).raw(request.bytes()).bytes());
        request.string(new Message().string(LoginKey.TYPE).string(signature).bytes());
        packets.send(new Message().number(MessageType.SERVICE_REQUEST).string("ssh-userauth"));
        packets.receive();
        packets.send(request);
        packets.expect(MessageType.USERAUTH_SUCCESS);
    }
}
