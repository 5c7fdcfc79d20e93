package io.sallyport.builds.outward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real server of HTTP, with or without TLS, that writes down what it is asked, and answers as it was told. */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Got> got = new ArrayList<>(); // guarded by this, as what follows
    private final Deque<HttpHandler> answers = new ArrayDeque<>();
    private HttpHandler usual = status(201);

    /** Without TLS. */
    Receiver() throws IOException {
        this(null);
    }

    Receiver(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A request that has come. */
    record Got(String line, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The next answer that nothing was said of yet. */
    synchronized Receiver then(HttpHandler answer) {
        answers.add(answer);
        return this;
    }

    /** All answers that nothing else was said of. */
    synchronized Receiver always(HttpHandler answer) {
        usual = answer;
        return this;
    }

    static HttpHandler status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static HttpHandler status(int status, String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static HttpHandler status(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    synchronized List<Got> got() {
        return List.copyOf(got);
    }

    List<String> bodies(String field) {
        return got().stream().map(each -> each.json().at(field).asText()).toList();
    }

    /** Waits for so many requests, and for no more. */
    List<Got> await(int count) throws Exception {
        Station.until(count + " requests", () -> got().size() >= count);
        assertEquals(count, got().size());
        return got();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Got request = new Got(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        HttpHandler answer;
        synchronized (this) {
            got.add(request);
            HttpHandler next = answers.poll();
            answer = next == null ? usual : next;
        }
        try (exchange) {
            answer.handle(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
