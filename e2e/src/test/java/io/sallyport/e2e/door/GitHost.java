package io.sallyport.e2e.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Repositories on loopback, served by git's own program for HTTP. Those whose names begin with {@code private} want a password. */
final class GitHost implements AutoCloseable {
    /** What private ones want: {@code ann:hunter22hunter22}. */
    private static final String PASSWORD = "Basic YW5uOmh1bnRlcjIyaHVudGVyMjI=";

    private final Path folder = Files.createTempDirectory("sallyport-git");
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> got = new ArrayList<>(); // guarded by this
    private final Semaphore stuck = new Semaphore(0);

    GitHost() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String repository) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + repository;
    }

    /** The body of a submission. */
    String document(String repository, String ref) {
        return "{\"git\":{\"url\":\"" + url(repository) + "\"" + (ref.isEmpty() ? "" : ",\"ref\":\"" + ref + "\"")
                + "}}";
    }

    synchronized List<String> got() {
        return List.copyOf(got);
    }

    /** Waits until a pack has been asked for that never ends. */
    void awaitStuck() throws InterruptedException {
        stuck.acquire();
    }

    /** Makes a repository of commands of a shell, committed to main; the answer is the commit. */
    String repository(String name, String commands) throws Exception {
        Files.createDirectory(folder.resolve(name));
        return in(
                name,
                "git init -q -b main . && " + commands + " && git add -A && git commit -qm one && git rev-parse HEAD");
    }

    /** What commands say in a repository. */
    String in(String name, String commands) throws Exception {
        return Program.shell("export HOME=$PWD GIT_CONFIG_NOSYSTEM=1; git() { command git -c user.name=ann"
                        + " -c user.email=ann@example.org \"$@\"; }; " + commands)
                .in(folder.resolve(name))
                .run()
                .ok()
                .text()
                .strip();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            synchronized (this) {
                got.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            }
            boolean open = !path.startsWith("/private")
                    || PASSWORD.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!open) {
                exchange.sendResponseHeaders(401, -1);
            } else if (path.startsWith("/stuck")
                    && new String(body, StandardCharsets.UTF_8).contains("command=fetch")) {
                hang(exchange);
            } else {
                backend(exchange, body);
            }
        }
    }

    private void hang(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody()
                .write("000dpackfile\n0011\u0001PACK\0\0\0\2\0\0\0\1".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        stuck.release();
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void backend(HttpExchange exchange, byte[] body) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("REMOTE_ADDR", "127.0.0.1");
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        header(exchange, "Content-Type").ifPresent(type -> environment.put("CONTENT_TYPE", type));
        header(exchange, "Git-Protocol").ifPresent(version -> environment.put("GIT_PROTOCOL", version));
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

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
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
