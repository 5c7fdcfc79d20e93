package io.sallyport.client.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Something that listens and does not speak SSH: it answers the first line with an error, in HTTP, and hangs up. */
final class WebServer implements AutoCloseable {
    private final ServerSocket socket;

    private WebServer(ServerSocket socket) {
        this.socket = socket;
    }

    static WebServer start() throws IOException {
        WebServer server = new WebServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("web").start(server::serve);
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                for (int c = client.getInputStream().read(); c >= 0 && c != '\n'; ) {
                    c = client.getInputStream().read();
                }
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The client or the test has ended.
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
