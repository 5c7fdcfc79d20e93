package io.sallyport.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A network between clients and a server: a relay on loopback that lets so many bytes through in a second, each way, and
 * each of them so much later. Only what is in the connections is held up, not how they are made.
 */
final class Link implements AutoCloseable {
    private static final int PIECE = 4096;

    /** What may be under way; more than fits into the link at a time. */
    private static final int PIECES = 256;

    private static final Piece END = new Piece(ByteBuffer.allocate(0), 0);

    private final ServerSocket door;
    private final int server;
    private final double nanosForByte;
    private final long delay;

    /** Bytes and when they come out; no bytes are the end. */
    private record Piece(ByteBuffer bytes, long due) {}

    private Link(ServerSocket door, int server, double nanosForByte, long delay) {
        this.door = door;
        this.server = server;
        this.nanosForByte = nanosForByte;
        this.delay = delay;
    }

    /**
     * Opens one to a server on loopback.
     *
     * @param megabits in a second, each way
     * @param roundTrip milliseconds there and back
     */
    static Link open(int server, int megabits, int roundTrip) throws IOException {
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Link link = new Link(door, server, 8000.0 / megabits, roundTrip * 1_000_000L / 2);
        Thread.ofPlatform().daemon().name("link").start(link::accept);
        return link;
    }

    /** The port that clients connect to. */
    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket far = new Socket();
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
                client.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                relay(client, far);
                relay(far, client);
            }
        } catch (IOException closed) {
            // With the link.
        }
    }

    private void relay(Socket from, Socket to) {
        BlockingQueue<Piece> under = new ArrayBlockingQueue<>(PIECES);
        Thread.ofPlatform().daemon().name("link-in").start(() -> take(from, under));
        Thread.ofPlatform().daemon().name("link-out").start(() -> give(under, to));
    }

    private void take(Socket from, BlockingQueue<Piece> under) {
        byte[] piece = new byte[PIECE];
        long free = System.nanoTime();
        try {
            try (InputStream in = from.getInputStream()) {
                for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                    free = Math.max(free, System.nanoTime()) + (long) (length * nanosForByte);
                    under.put(new Piece(ByteBuffer.wrap(Arrays.copyOf(piece, length)), free + delay));
                }
            } catch (IOException ended) {
                // As if it had said so.
            }
            under.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void give(BlockingQueue<Piece> under, Socket to) {
        try (OutputStream out = to.getOutputStream()) {
            for (Piece piece = under.take(); piece.bytes().hasRemaining(); piece = under.take()) {
                for (long left = piece.due() - System.nanoTime(); left > 0; left = piece.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(piece.bytes().array());
            }
        } catch (IOException ended) {
            // The other direction notices as well.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
