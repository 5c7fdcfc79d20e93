package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An engine of the tests' own, as the script {@code e2e/docker/engine} runs it. Where none can be had tests are skipped; in
 * CI they fail.
 */
final class DockerEngine implements AutoCloseable {
    private final Path folder;
    private final int nodes;
    private final Process process;
    private final BufferedReader answers;

    private DockerEngine(Path folder, int nodes, Process process) {
        this.folder = folder;
        this.nodes = nodes;
        this.process = process;
        this.answers = process.inputReader(UTF_8);
    }

    static DockerEngine start() throws IOException {
        return start(0);
    }

    /** A Swarm of that many nodes, n1, n2 and so on; the first is its manager, and the engine that is asked. */
    static DockerEngine swarm(int nodes) throws IOException {
        return start(nodes);
    }

    private static DockerEngine start(int nodes) throws IOException {
        Path folder = Files.createTempDirectory("sallyport-engine");
        Process process = new ProcessBuilder(
                        GatewayProcess.repository().resolve("e2e/docker/engine").toString(),
                        folder.toString(),
                        Integer.toString(nodes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        DockerEngine engine = new DockerEngine(folder, nodes, process);
        String line = engine.answers.readLine();
        if (!engine.ready().equals(line)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IOException("no engine here: " + line);
            }
            abort("no engine here, which needs root and Debian's docker.io and busybox-static");
        }
        return engine;
    }

    /** As the settings have it. */
    String host() {
        return host(nodes > 0 ? "n1" : "");
    }

    private String host(String node) {
        return "unix://" + folder.resolve(node).resolve("engine.sock");
    }

    /** As the settings have the nodes of a Swarm. */
    String nodeHosts() {
        return host("{hostname}");
    }

    /** Takes the network of a node away. */
    void cut(String node) throws IOException {
        order("cut " + number(node), "cut");
    }

    /** Gives it back. */
    void mend(String node) throws IOException {
        order("mend " + number(node), "mended");
    }

    private static String number(String node) {
        return node.substring(1);
    }

    private String ready() {
        return "ready " + host();
    }

    void kill() throws IOException {
        order("kill", "killed");
    }

    void startAgain() throws IOException {
        order("start", ready());
    }

    private void order(String word, String answer) throws IOException {
        process.outputWriter(UTF_8).append(word).append('\n').flush();
        assertEquals(answer, answers.readLine());
    }

    /** What Docker's own client prints, line by line. */
    List<String> docker(String... words) throws IOException, InterruptedException {
        return dockerOn(nodes > 0 ? "n1" : "", words);
    }

    private List<String> dockerOn(String node, String... words) throws IOException, InterruptedException {
        return Program.of("docker", "--host", host(node))
                .with(words)
                .run()
                .ok()
                .text()
                .lines()
                .toList();
    }

    /** A program that runs where the engine is, so that both have one loopback. */
    Program within(String... words) {
        ProcessHandle daemon = process.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/dockerd"))
                .findFirst()
                .orElseThrow();
        return Program.of("nsenter", "--target", Long.toString(daemon.pid()), "--net", "--")
                .with(words);
    }

    /** The container of a job. */
    String container(long build, String job) throws IOException, InterruptedException {
        List<String> found = docker(
                "ps",
                "--quiet",
                "--filter",
                "label=io.sallyport.build=" + build,
                "--filter",
                "label=io.sallyport.job=" + job,
                "--filter",
                "label=io.sallyport.role=job");
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    /** The names of containers that wait for jobs. */
    List<String> waiting() throws IOException, InterruptedException {
        return docker("ps", "--format", "{{.Names}}", "--filter", "name=-ready-[0-9a-f]{12}$");
    }

    /** Containers, volumes, and networks but the engine's own. */
    List<String> remains() throws IOException, InterruptedException {
        List<String> remains = new ArrayList<>(docker("ps", "--all", "--quiet"));
        remains.addAll(docker("volume", "ls", "--quiet"));
        remains.addAll(docker("network", "ls", "--quiet", "--filter", "type=custom"));
        return remains;
    }

    /** Services, and the same of all nodes but the networks that a Swarm has for itself. */
    List<String> remainsOfSwarm() throws IOException, InterruptedException {
        List<String> remains = new ArrayList<>(docker("service", "ls", "--quiet"));
        for (int node = 1; node <= nodes; node++) {
            remains.addAll(dockerOn("n" + node, "ps", "--all", "--quiet"));
            remains.addAll(dockerOn("n" + node, "volume", "ls", "--quiet"));
            remains.addAll(dockerOn("n" + node, "network", "ls", "--quiet", "--filter", "label=io.sallyport.gateway"));
        }
        return remains;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join();
    }
}
