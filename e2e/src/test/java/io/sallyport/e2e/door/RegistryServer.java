package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * As much of a registry as an engine needs to pull from it, on loopback: one that wants a name and a password with each
 * request, and one that wants a token, which it gives for these. A program, as it runs where its engine is.
 */
final class RegistryServer {
    static final int BASIC = 5001;
    static final int TOKEN = 5002;
    static final String USER = "puller";
    static final String PASSWORD = "let-me-pull-4711";

    private static final String RIGHT =
            "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    private static final String BEARER = "token-of-the-test";

    private final Path folder;
    private final int port;

    private RegistryServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Serves a folder, with tags as {@code NAME/TAG} and all else by digests, and says what it is asked for. */
    public static void main(String[] words) throws IOException {
        for (int port : List.of(BASIC, TOKEN)) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", new RegistryServer(Path.of(words[0]), port)::answer);
            server.start();
        }
        System.out.println("serving");
        while (System.in.read() >= 0) {
            Thread.onSpinWait(); // until the test is over
        }
        System.exit(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        try (exchange) {
            if (path.equals("/token")) {
                boolean right = authorization.equals(RIGHT);
                send(
                        exchange,
                        right ? 200 : 401,
                        "application/json",
                        right ? "{\"token\":\"" + BEARER + "\"}" : error("UNAUTHORIZED", "who is that?"));
                return;
            }
            if (!authorization.equals(port == TOKEN ? "Bearer " + BEARER : RIGHT)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", challenge());
                send(exchange, 401, "application/json", error("UNAUTHORIZED", "authentication required"));
                return;
            }
            System.out.println(exchange.getRequestMethod() + " " + path);
            serve(exchange, path.substring(Math.min(path.length(), "/v2/".length())));
        }
    }

    private String challenge() {
        return port == TOKEN
                ? "Bearer realm=\"http://127.0.0.1:" + TOKEN + "/token\",service=\"tests\""
                : "Basic realm=\"tests\"";
    }

    private static String error(String code, String message) {
        return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        if (path.isEmpty()) {
            send(exchange, 200, "application/json", "{}");
            return;
        }
        boolean manifest = path.contains("/manifests/");
        String name = path.replaceAll("/(manifests|blobs)/.*", "");
        String reference = path.substring(path.lastIndexOf('/') + 1);
        Path file = reference.startsWith("sha256:")
                ? folder.resolve(reference)
                : folder.resolve(name).resolve(reference);
        if (!Files.exists(file)) {
            send(exchange, 404, "application/json", error(manifest ? "MANIFEST_UNKNOWN" : "BLOB_UNKNOWN", "unknown"));
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        exchange.getResponseHeaders().set("Docker-Content-Digest", RegistryImage.digest(bytes));
        send(exchange, 200, manifest ? RegistryImage.MANIFEST : "application/octet-stream", bytes);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        send(exchange, status, type, text.getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
