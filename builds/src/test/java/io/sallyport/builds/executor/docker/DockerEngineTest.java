package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no engine, or none that can be used. */
@Timeout(60)
class DockerEngineTest {
    private static final DockerLimits LIMITS =
            new DockerLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), 1, 1);

    @TempDir
    Path folder;

    private String failure(EngineAddress address) {
        return assertThrows(
                        EngineException.class,
                        () -> DockerEngine.connect(address, LIMITS).close())
                .getMessage();
    }

    /** Something that answers one request with these bytes, and holds the connection. */
    private EngineAddress answering(String bytes) throws IOException {
        Path path = folder.resolve("socket");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread.ofVirtual().start(() -> {
            try (server;
                    SocketChannel peer = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(64 << 10);
                peer.read(request);
                peer.write(ByteBuffer.wrap(bytes.getBytes(UTF_8)));
                while (peer.read(request) >= 0) {
                    request.clear();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return EngineAddress.socket(path);
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    @Test
    void noneIsThere() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertTrue(failure(EngineAddress.socket(folder.resolve("no"))).contains("cannot reach the engine at unix:///"));
        assertTrue(failure(EngineAddress.socket(file)).contains("cannot reach the engine"));
    }

    @Test
    void oneThatIsSilentIsNotWaitedForForEver() throws Exception {
        String said = failure(answering(""));
        assertTrue(said.endsWith("no answer within 2 s"), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ApiVersion\":\"1.24\",\"MinAPIVersion\":\"1.12\"} | too old: it speaks API 1.24",
                "{\"ApiVersion\":\"1.60\",\"MinAPIVersion\":\"1.50\"} | too new: it speaks API 1.50 at least",
                "{\"ApiVersion\":\"new\"} | no version: new",
                "not json | cannot reach the engine",
            })
    void oneOfAnotherAgeIsSaid(String answer, String words) throws Exception {
        String said = failure(answering(json(answer)));
        assertTrue(said.contains(words), said);
    }

    @Test
    void itsRefusalIsInItsOwnWords() throws Exception {
        String body = "{\"message\":\"go away\"}";
        String said =
                failure(answering("HTTP/1.1 403 Forbidden\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
        assertTrue(said.endsWith(": go away"), said);
    }

    @Test
    void certificatesThatAreNotThereAreSaid() {
        EngineAddress address = new EngineAddress(URI.create("tcp://127.0.0.1:1"), Optional.of(folder.resolve("none")));
        assertTrue(failure(address).startsWith("cannot use the engine at tcp://127.0.0.1:1: "), failure(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://127.0.0.1:2375", "http://a:1", "unix://relative", "a", "unix://host/path", "tcp://host"})
    void addressesThatAreNoneAreRefused(String address) {
        assertThrows(IllegalArgumentException.class, () -> new EngineAddress(URI.create(address), Optional.empty()));
    }
}
