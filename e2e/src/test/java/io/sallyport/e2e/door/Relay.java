package io.sallyport.e2e.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a port of loopback that can be cut. */
final class Relay implements AutoCloseable {
    private final ServerSocket entrance;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket entrance, int to) {
        this.entrance = entrance;
        this.to = to;
    }

    static Relay to(int port) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Cuts all connections, without a word to either side; false when there is none. */
    boolean cut() throws IOException {
        boolean any = false;
        for (Socket socket : open) {
            open.remove(socket);
            socket.close();
            any = true;
        }
        return any;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket from = entrance.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
                open.add(from);
                open.add(there);
                Thread.ofVirtual().start(() -> copy(from, there));
                Thread.ofVirtual().start(() -> copy(there, from));
            } catch (IOException e) {
                // Closed, or nobody there: the client sees that.
            }
        }
    }

    private void copy(Socket from, Socket there) {
        try (from;
                there;
                InputStream in = from.getInputStream();
                OutputStream out = there.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Cut.
        } finally {
            open.remove(from);
            open.remove(there);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
