package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands for an engine that cannot be had here: says what a test wants it to say, one request at each connection. */
final class FakeEngine implements AutoCloseable {
    /** What an engine says of an image. */
    static final String IMAGE = ok("{\"Id\":\"sha256:" + "1".repeat(64) + "\",\"RepoDigests\":[]}");

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final Path socket;
    private final ServerSocketChannel server;
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Function<String, String> answers;

    private FakeEngine(Path socket, ServerSocketChannel server, Function<String, String> answers) {
        this.socket = socket;
        this.server = server;
        this.answers = answers;
    }

    /**
     * Starts one.
     *
     * @param answers to requests such as {@code GET /version}, as bytes on the wire; an empty one is none, and the connection
     *     stays
     */
    static FakeEngine at(Path socket, Function<String, String> answers) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        FakeEngine engine = new FakeEngine(socket, server, answers);
        Thread.ofVirtual().start(engine::accept);
        return engine;
    }

    static String ok(String json) {
        return answer("200 OK", json);
    }

    static String answer(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    /** What an engine says of its API. */
    static String version(String newest, String oldest) {
        return ok("{\"Version\":\"test\",\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"" + oldest + "\"}");
    }

    EngineAddress address() {
        return EngineAddress.socket(socket);
    }

    /** What it has been asked for, in that order, such as {@code GET /version}. */
    BlockingQueue<String> asked() {
        return asked;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel peer = server.accept();
                Thread.ofVirtual().start(() -> serve(peer));
            }
        } catch (IOException e) {
            assert !server.isOpen() : e;
        }
    }

    private void serve(SocketChannel peer) {
        try (peer) {
            BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(peer), UTF_8));
            String request = String.valueOf(in.readLine()).replaceAll(" HTTP/1.1$", "");
            long body = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                Matcher length = LENGTH.matcher(line);
                body = length.matches() ? Long.parseLong(length.group(1)) : body;
            }
            in.skip(body);
            asked.add(request);
            OutputStream out = Channels.newOutputStream(peer);
            out.write(answers.apply(request).getBytes(UTF_8));
            out.flush();
            if (answers.apply(request).isEmpty()) {
                in.read(); // until the other side goes
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
