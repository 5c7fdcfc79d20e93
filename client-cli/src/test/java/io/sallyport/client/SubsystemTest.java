package io.sallyport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program gets from a peer that writes these lines. */
@Timeout(60)
class SubsystemTest {
    private final Peer peer;
    private final Subsystem subsystem;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SubsystemTest() throws IOException {
        this.peer = new Peer();
        this.subsystem = Subsystem.open(peer);
    }

    @AfterEach
    void close() {
        subsystem.close();
        threads.shutdownNow();
    }

    private Future<Optional<JsonNode>> asked(String path) throws IOException {
        Future<Optional<JsonNode>> answer = threads.submit(() -> subsystem.ask(Request.of("GET", path)));
        assertTrue(peer.line().contains(path));
        return answer;
    }

    @Test
    void eachGetsItsOwnAnswerInWhateverOrderTheyCome() throws Exception {
        Future<Optional<JsonNode>> first = asked("/first");
        Future<Optional<JsonNode>> second = asked("/second");

        peer.say("{\"heartbeat\":\"2026-11-26T12:00:00Z\"}");
        peer.say("");
        peer.say("{\"id\":2,\"status\":200,\"body\":\"two\"}");
        peer.say("{\"id\":1,\"status\":204}");

        assertEquals("two", second.get().orElseThrow().asText());
        assertEquals(Optional.empty(), first.get());
    }

    @Test
    void requestsAreWrittenAsTheProtocolHasThem() throws Exception {
        Request request = Request.of("PUT", "/projects/web").with("a", "b=c").with("n", 1);
        Future<?> answer = threads.submit(() -> subsystem.ask(request, Json.object()));

        assertEquals(
                "{\"id\":1,\"method\":\"PUT\",\"path\":\"/projects/web\",\"params\":{\"a\":\"b=c\",\"n\":\"1\"},\"body\":{}}",
                peer.line());
        peer.say(
                "{\"id\":1,\"status\":404,\"problem\":{\"type\":\"t\",\"title\":\"Not found\",\"status\":404,\"detail\":\"no web\"}}");
        ClientException.Problem problem = failure(ClientException.Problem.class, answer::get);
        assertEquals(404, problem.status());
        assertEquals("Not found: no web", problem.getMessage());
    }

    @Test
    void aStreamEndsByItselfByAProblemOrByACut() throws Exception {
        try (Subsystem.Items items = subsystem.stream(Request.of("GET", "/a"))) {
            peer.say("{\"id\":1,\"status\":200,\"stream\":true}");
            peer.say("{\"id\":1,\"item\":{\"n\":1}}");
            assertEquals(1, items.next().orElseThrow().path("n").asInt());
            peer.say("{\"id\":1,\"end\":true,\"exit\":3}");
            assertEquals(Optional.empty(), items.next());
            assertEquals(OptionalInt.of(3), items.exit());
            assertEquals(Optional.empty(), items.next());
        }
        try (Subsystem.Items items = subsystem.stream(Request.of("GET", "/b"))) {
            peer.say("{\"id\":2,\"item\":1}");
            peer.say("{\"id\":2,\"status\":503,\"problem\":{\"status\":503}}");
            assertTrue(items.next().isPresent());
            assertThrows(ClientException.Problem.class, items::next);
        }
        try (Subsystem.Items items = subsystem.stream(Request.of("GET", "/c"))) {
            peer.say("{\"id\":3,\"item\":1}");
            peer.cut();
            assertTrue(items.next().isPresent());
            assertThrows(ClientException.Unreachable.class, items::next);
        }
    }

    @Test
    void whatIsGivenUpIsCanceledAndHoldsUpNothing() throws Exception {
        Subsystem.Items greedy = subsystem.stream(Request.of("GET", "/greedy"));
        peer.line();
        Future<?> saying = threads.submit(() -> {
            for (int i = 0; i < 5000; i++) {
                peer.say("{\"id\":1,\"item\":" + i + "}");
            }
            return null;
        });
        assertEquals(0, greedy.next().orElseThrow().asInt());

        greedy.close();

        assertEquals("{\"id\":1,\"cancel\":true}", peer.line());
        saying.get();
        Future<Optional<JsonNode>> other = asked("/other");
        peer.say("{\"id\":1,\"status\":499,\"problem\":{}}");
        peer.say("{\"id\":2,\"status\":200,\"body\":1}");
        assertTrue(other.get().isPresent());
    }

    @Test
    void aLostConnectionEndsAllRequestsAndThoseThatComeLater() throws Exception {
        Future<Optional<JsonNode>> first = asked("/first");
        Future<Optional<JsonNode>> second = asked("/second");
        peer.cut();

        failure(ClientException.Unreachable.class, first::get);
        failure(ClientException.Unreachable.class, second::get);
        for (int i = 0; i < 200; i++) { // more than have a place
            assertThrows(ClientException.Unreachable.class, () -> subsystem.ask(Request.of("GET", "/later")));
        }
    }

    @Test
    void whatTheGatewayRefusesIsSaid() throws Exception {
        peer.status = OptionalInt.of(77);
        Future<Optional<JsonNode>> first = asked("/first");
        peer.cut();
        assertEquals(77, failure(ClientException.Refused.class, first::get).status());
    }

    private static <T extends Exception> T failure(Class<T> type, Callable<?> call) {
        return assertThrows(type, () -> {
            try {
                call.call();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        });
    }

    /** The other end of a channel. */
    private static final class Peer implements Transport, Channel {
        // Streams of java.io's that are piped hold the end of a thread that has written for the end of all.
        private final Pipe asked = Pipe.open();
        private final Pipe told = Pipe.open();
        private final OutputStream voice = Channels.newOutputStream(told.sink());
        private final BufferedReader lines =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(asked.source()), UTF_8));
        private OptionalInt status = OptionalInt.empty();

        Peer() throws IOException {}

        void say(String line) throws IOException {
            voice.write((line + "\n").getBytes(UTF_8));
            voice.flush();
        }

        String line() throws IOException {
            return lines.readLine();
        }

        void cut() throws IOException {
            voice.close();
        }

        @Override
        public Channel open(String commandLine) {
            throw new AssertionError("no request of its own is wanted");
        }

        @Override
        public Channel openSubsystem(String name) {
            assertEquals("sallyport", name);
            return this;
        }

        @Override
        public OutputStream input() {
            return Channels.newOutputStream(asked.sink());
        }

        @Override
        public InputStream output() {
            return Channels.newInputStream(told.source());
        }

        @Override
        public InputStream errors() {
            return InputStream.nullInputStream();
        }

        @Override
        public OptionalInt await() {
            return status;
        }

        @Override
        public void close() {
            try {
                voice.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
