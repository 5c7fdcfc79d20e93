package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server of HTTPS on loopback with a key of its own, in the place of a forge, that keeps what it is sent. */
final class Forge implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder = Files.createTempDirectory("sallyport-forge");
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Got> got = new ArrayList<>(); // guarded by this
    private volatile int status = 201;

    Forge() throws Exception {
        KeyStore store = key();
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        Files.writeString(
                authority(),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(store.getCertificate("forge").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A request that has come; the names of its headers in lower case. */
    record Got(String line, Map<String, String> headers, String body) {
        JsonNode json() {
            return Json.document(body);
        }
    }

    /** The certificate to believe. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** What is answered from now on. */
    void answer(int next) {
        status = next;
    }

    synchronized List<Got> got() {
        return List.copyOf(got);
    }

    /** What a member of the bodies has been. */
    List<String> each(String member) {
        return got().stream().map(one -> one.json().at(member).asText()).toList();
    }

    List<Got> await(int count) throws Exception {
        Await.until(count + " requests", () -> got().size() >= count);
        return got();
    }

    private KeyStore key() throws Exception {
        Path file = folder.resolve("key.p12");
        Program.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "forge",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=forge",
                        "-ext",
                        "san=dns:localhost")
                .run()
                .ok();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        Got one = new Got(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        synchronized (this) {
            got.add(one);
        }
        try (exchange) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        new ProcessBuilder("rm", "-rf", folder.toString())
                .inheritIO()
                .start()
                .onExit()
                .join();
    }
}
