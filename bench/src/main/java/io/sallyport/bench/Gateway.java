package io.sallyport.bench;

import io.sallyport.bench.lean.Answer;
import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.LoginKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The packaged gateway, started by its launcher as everybody starts it. */
final class Gateway implements AutoCloseable {
    /** The project that builds are submitted to. */
    static final String PROJECT = "bench";

    /** The builds that it runs at the same time. */
    static final int BUILDS_AT_ONCE = 2;

    private static final String READY = "sallyport: listening on ";

    /** Room for a load from one machine with one key. */
    private static final String SETTINGS = """
            limits.connections: 100000
            limits.unauthenticated: 1000
            limits.unauthenticatedPerSource: 1000
            limits.connectionsPerIdentity: 100000
            limits.sourceBytes: 4GiB
            """;

    private final Process process;
    private final int port;
    private final Path home;

    private Gateway(Process process, int port, Path home) {
        this.process = process;
        this.port = port;
        this.home = home;
    }

    /** Makes a state directory of that name and serves from it. */
    static Gateway make(Path repository, Workplace place, String name) throws IOException, InterruptedException {
        return make(repository, place, name, "");
    }

    /** The same with further settings. */
    static Gateway make(Path repository, Workplace place, String name, String settings)
            throws IOException, InterruptedException {
        return make(repository, place, name, BUILDS_AT_ONCE, settings);
    }

    /** The same with room for so many builds. */
    static Gateway make(Path repository, Workplace place, String name, int buildsAtOnce, String settings)
            throws IOException, InterruptedException {
        String launcher = repository.resolve("sallyport").toString();
        Path home = place.file(name);
        Programs.output(List.of(
                launcher,
                "init",
                "--home",
                home.toString(),
                "--admin-key",
                place.text("user_key.pub"),
                "--name",
                "bench"));
        Files.writeString(
                home.resolve("sallyport.yml"),
                SETTINGS + "builds.atOnce: " + buildsAtOnce + "\n" + settings,
                StandardOpenOption.APPEND);
        return serve(repository, place, name);
    }

    /** Serves from a state directory that is there; returns when it listens. */
    static Gateway serve(Path repository, Workplace place, String name) throws IOException, InterruptedException {
        String launcher = repository.resolve("sallyport").toString();
        Path home = place.file(name);
        Path log = place.file(name + ".log");
        Process process = new ProcessBuilder(
                        launcher, "serve", "--home", home.toString(), "--bind", "127.0.0.1", "--port", "0")
                .redirectError(log.toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith(READY)) {
            throw new IOException("the gateway does not start: " + Files.readString(log));
        }
        return new Gateway(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)), home);
    }

    Server server(LoginKey key, String config) {
        return new Server("gateway", port, "bench", key, config);
    }

    long pid() {
        return process.pid();
    }

    /** What it has taken of the processors since its start. */
    Duration processorTime() throws IOException {
        return process.info().totalCpuDuration().orElseThrow(() -> new IOException("the gateway has ended"));
    }

    /** The file in which the gateway keeps a source. */
    Path blob(String digest) {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return home.resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex);
    }

    /** Asks for something that has to succeed. */
    static String ask(Connection connection, String request) throws IOException {
        return ask(connection, request, "");
    }

    /** The same with a body. */
    static String ask(Connection connection, String request, String body) throws IOException {
        return ask(connection, request, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a body; what came on standard error is behind the rest. */
    static String ask(Connection connection, String request, byte[] body) throws IOException {
        Answer answer = connection.run(request, body);
        if (answer.exit() != 0) {
            throw new IOException(request + " ended with " + answer.exit() + ": " + answer.err());
        }
        return answer.out() + answer.err();
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
