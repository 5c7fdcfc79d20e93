package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Real repositories of git's own on loopback, behind git's own program for HTTP, and a hand to put in between. */
final class GitServer implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Got> got = new ArrayList<>(); // guarded by this
    private volatile Function<Got, Optional<Reply>> instead = request -> Optional.empty();

    /** A request that has come. */
    record Got(String line, Map<String, List<String>> headers, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(List::getFirst);
        }
    }

    /** An answer that git does not give. */
    @SuppressWarnings("ArrayRecordComponent")
    record Reply(int status, Map<String, String> headers, byte[] body) {}

    GitServer(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String repository) {
        return "http://localhost:" + port() + "/" + repository;
    }

    synchronized List<Got> got() {
        return List.copyOf(got);
    }

    /** What is answered from now on instead of what git does. */
    void instead(Function<Got, Optional<Reply>> answers) {
        instead = answers;
    }

    /** Makes a repository with one commit on main, by commands of a shell. */
    String repository(String name, String... commands) throws Exception {
        Path work = Files.createDirectories(folder.resolve(name));
        sh(
                work,
                "git init -q -b main " + (commands.length > 0 && commands[0].startsWith("-") ? commands[0] : "")
                        + " .");
        for (String command : commands) {
            if (!command.startsWith("-")) {
                sh(work, command);
            }
        }
        sh(work, "git add -A && git commit -q --allow-empty -m one");
        return sh(work, "git rev-parse HEAD");
    }

    /** What a command says in a repository. */
    String in(String name, String command) throws Exception {
        return sh(folder.resolve(name), command);
    }

    private static String sh(Path work, String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", command).directory(work.toFile());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.put("HOME", work.toString());
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "ann");
            environment.put("GIT_" + who + "_EMAIL", "ann@example.org");
            environment.put("GIT_" + who + "_DATE", "2026-01-02T03:04:05Z");
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertEquals(0, process.waitFor(), command);
        return said;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Got request = new Got(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(body, UTF_8));
            synchronized (this) {
                got.add(request);
            }
            Optional<Reply> other = instead.apply(request);
            if (other.isPresent()) {
                other.get().headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(other.get().status(), other.get().body().length == 0 ? -1 : 0);
                exchange.getResponseBody().write(other.get().body());
                return;
            }
            backend(exchange, request, body);
        }
    }

    private void backend(HttpExchange exchange, Got request, byte[] body) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("REMOTE_ADDR", "127.0.0.1");
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        request.header("Content-type").ifPresent(type -> environment.put("CONTENT_TYPE", type));
        request.header("Git-protocol").ifPresent(version -> environment.put("GIT_PROTOCOL", version));
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        }
        InputStream out = new BufferedInputStream(process.getInputStream());
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(UTF_8).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
