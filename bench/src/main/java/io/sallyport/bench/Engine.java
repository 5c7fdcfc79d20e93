package io.sallyport.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine of the run's own, as {@code e2e/docker/engine} runs it, and its API, asked with nothing between: each
 * request on a connection of its own.
 */
final class Engine implements AutoCloseable {
    /** An image that it has. */
    static final String IMAGE = "sallyport/busybox";

    private static final String READY = "ready unix://";
    private static final String VERSION = "/v1.40";
    private static final int LONGEST_END = 60;

    private final Process process;
    private final Path socket;

    private Engine(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /** Starts one; empty where none can be had, and the script has said why. */
    static Optional<Engine> start(Path repository, Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        repository.resolve("e2e/docker/engine").toString(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        return line != null && line.startsWith(READY)
                ? Optional.of(new Engine(process, Path.of(line.substring(READY.length()))))
                : Optional.empty();
    }

    /** As a gateway's settings have it. */
    String host() {
        return "unix://" + socket;
    }

    /** Asks for something that has to succeed; the answer's document. */
    String ask(String method, String path, String body) throws IOException {
        try (SocketChannel channel = send(method, path, "Connection: close\r\n", body)) {
            InputStream in = Channels.newInputStream(channel);
            String head = head(in);
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!head.matches("(?s)HTTP/1.1 2.*")) {
                throw new IOException(
                        method + " " + path + ": " + head.lines().findFirst().orElse("") + answer);
            }
            return answer;
        }
    }

    /** Makes a container, listens to it, starts it and waits for the first byte that it prints; tells its name. */
    String run(String description) throws IOException {
        String id = Json.text(ask("POST", "/containers/create", description), "Id");
        String attach = "/containers/" + id + "/attach?stream=1&stdout=1";
        try (SocketChannel channel = send("POST", attach, "Connection: Upgrade\r\nUpgrade: tcp\r\n", "")) {
            InputStream in = Channels.newInputStream(channel);
            head(in);
            ask("POST", "/containers/" + id + "/start", "");
            if (in.read() < 0) {
                throw new EOFException("the container has printed nothing");
            }
        }
        return id;
    }

    private SocketChannel send(String method, String path, String headers, String body) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        byte[] bytes = (method + " " + VERSION + path + " HTTP/1.1\r\nHost: engine\r\n" + headers
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        Channels.newOutputStream(channel).write(bytes);
        return channel;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the engine says nothing");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit()
                .completeOnTimeout(process, LONGEST_END, TimeUnit.SECONDS)
                .join();
        process.destroy();
    }
}
