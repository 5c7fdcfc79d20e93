package io.sallyport.e2e.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a port of loopback that can be cut. */
final class Relay implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final ServerSocket entrance;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> answered = ConcurrentHashMap.newKeySet();

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

    /** Cuts all connections on which there has been an answer, without a word to either side; false when there is none. */
    boolean cut() throws IOException {
        return cut(answered);
    }

    private static boolean cut(Set<Socket> sockets) throws IOException {
        boolean any = false;
        for (Socket socket : sockets) {
            sockets.remove(socket);
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
                Thread.ofVirtual().start(() -> copy(from, there, () -> {}));
                Thread.ofVirtual().start(() -> copy(there, from, () -> answered.addAll(List.of(from, there))));
            } catch (IOException e) {
                // Closed, or nobody there: the client sees that.
            }
        }
    }

    private void copy(Socket from, Socket there, Runnable begun) {
        try (from;
                there;
                InputStream in = from.getInputStream();
                OutputStream out = there.getOutputStream()) {
            byte[] first = new byte[CHUNK];
            int length = in.read(first);
            if (length > 0) {
                out.write(first, 0, length);
                begun.run();
                in.transferTo(out);
            }
        } catch (IOException e) {
            // Cut.
        } finally {
            open.remove(from);
            open.remove(there);
            answered.removeAll(List.of(from, there));
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut(open);
    }
}
