package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An engine's socket, behind TLS that asks for a certificate, as {@code dockerd --tlsverify} has it. On loopback. */
final class TlsRelay implements AutoCloseable {
    private final SSLServerSocket server;
    private final Path socket;

    private TlsRelay(SSLServerSocket server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    static TlsRelay before(Path socket, Certificates certificates) throws Exception {
        SSLServerSocket server = (SSLServerSocket) certificates
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        TlsRelay relay = new TlsRelay(server, socket);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket peer = (SSLSocket) server.accept();
                Thread.ofVirtual().start(() -> relay(peer));
            }
        } catch (IOException e) {
            assert server.isClosed() : e;
        }
    }

    private void relay(SSLSocket peer) {
        try (peer;
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Thread there = Thread.ofVirtual().start(() -> {
                try {
                    pump(peer.getInputStream(), Channels.newOutputStream(engine));
                    engine.shutdownOutput();
                } catch (IOException e) {
                    close(engine);
                }
            });
            pump(Channels.newInputStream(engine), peer.getOutputStream());
            peer.shutdownOutput();
            there.join();
        } catch (IOException e) {
            // a client that has gone, or has another certificate
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[64 << 10];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            to.write(buffer, 0, count);
            to.flush();
        }
    }

    private static void close(SocketChannel engine) {
        try {
            engine.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
