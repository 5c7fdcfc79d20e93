package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An engine of the tests' own, as the script {@code e2e/docker/engine} runs it: with nothing of the machine's in common, and
 * gone when this is closed or the tests end. Where none can be had tests are skipped; in CI they fail.
 */
final class TestEngine implements AutoCloseable {
    /** An image with all of busybox. */
    static final String BUSYBOX = "sallyport/busybox";

    /** An image without a shell. */
    static final String NO_SHELL = "sallyport/noshell";

    private static final String READY = "ready unix://";

    private final Process process;
    private final BufferedReader answers;
    private final Path socket;

    private TestEngine(Process process, BufferedReader answers, Path socket) {
        this.process = process;
        this.answers = answers;
        this.socket = socket;
    }

    static TestEngine start(Path folder) throws IOException {
        return start("../e2e/docker/engine", folder.toString());
    }

    /** A Swarm of that many nodes, n1, n2 and so on, with its manager n1's socket; each has one in a folder of its name. */
    static TestEngine swarm(Path folder, int nodes) throws IOException {
        return start("../e2e/docker/engine", folder.toString(), Integer.toString(nodes));
    }

    private static TestEngine start(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader answers = process.inputReader(UTF_8);
        String line = answers.readLine();
        if (line == null || !line.startsWith(READY)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IOException("no engine here: " + line);
            }
            abort("no engine here, which needs root and Debian's docker.io and busybox-static");
        }
        return new TestEngine(process, answers, Path.of(line.substring(READY.length())));
    }

    EngineAddress address() {
        return EngineAddress.socket(socket);
    }

    Path socket() {
        return socket;
    }

    /** Where the engines of nodes are, as settings have it. */
    NodeAddress nodes() {
        return new NodeAddress("unix://" + nodeFolders() + "/{hostname}/engine.sock", Optional.empty());
    }

    private Path nodeFolders() {
        return socket.getParent().getParent();
    }

    /** That of a node. */
    EngineAddress node(int number) {
        return EngineAddress.socket(nodeFolders().resolve("n" + number + "/engine.sock"));
    }

    /** Takes a node's network away. */
    void cut(int node) throws IOException {
        order("cut " + node, "cut");
    }

    /** Gives it back. */
    void mend(int node) throws IOException {
        order("mend " + node, "mended");
    }

    /** Ends the daemon of a node at once; containers go on. */
    void kill(int node) throws IOException {
        order("kill " + node, "killed");
    }

    /** Starts the daemon of a node again, and waits until it answers. */
    void startAgain(int node) throws IOException {
        order("start " + node, READY + nodeFolders().resolve("n" + node + "/engine.sock"));
    }

    /** Ends its daemon at once; containers go on. */
    void kill() throws IOException {
        order("kill", "killed");
    }

    /** Asks its daemon to end, with all containers. */
    void stop() throws IOException {
        order("stop", "stopped");
    }

    /** Starts its daemon again, and waits until it answers. */
    void startAgain() throws IOException {
        order("start", READY + socket);
    }

    private void order(String word, String answer) throws IOException {
        process.outputWriter(UTF_8).append(word).append('\n').flush();
        assertEquals(answer, answers.readLine());
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        if (!process.onExit()
                .completeOnTimeout(null, 60, TimeUnit.SECONDS)
                .thenApply(ended -> ended != null)
                .join()) {
            process.destroy();
            process.onExit().join();
        }
    }
}
