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
    private final Process process;
    private final BufferedReader answers;

    private DockerEngine(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.answers = process.inputReader(UTF_8);
    }

    static DockerEngine start() throws IOException {
        Path folder = Files.createTempDirectory("sallyport-engine");
        Process process = new ProcessBuilder(
                        GatewayProcess.repository().resolve("e2e/docker/engine").toString(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        DockerEngine engine = new DockerEngine(folder, process);
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
        return "unix://" + folder.resolve("engine.sock");
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
        return Program.of("docker", "--host", host())
                .with(words)
                .run()
                .ok()
                .text()
                .lines()
                .toList();
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

    /** Containers, volumes, and networks but the engine's own. */
    List<String> remains() throws IOException, InterruptedException {
        List<String> remains = new ArrayList<>(docker("ps", "--all", "--quiet"));
        remains.addAll(docker("volume", "ls", "--quiet"));
        remains.addAll(docker("network", "ls", "--quiet", "--filter", "type=custom"));
        return remains;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join();
    }
}
