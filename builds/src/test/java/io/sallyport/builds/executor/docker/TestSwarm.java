package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.executor.WorkspaceFiller;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A Swarm of three nodes on this machine, and what is left on it. */
final class TestSwarm implements AutoCloseable {
    private static final int NODES = 3;

    private final TestEngine engine;
    private final Path staging;
    private final List<DockerEngine> asked = new ArrayList<>();

    private TestSwarm(TestEngine engine, Path staging) {
        this.engine = engine;
        this.staging = staging;
    }

    static TestSwarm start(Path folder) throws Exception {
        TestSwarm swarm = new TestSwarm(TestEngine.swarm(folder.resolve("s"), NODES), folder.resolve("staging"));
        for (int node = 1; node <= NODES; node++) {
            swarm.asked.add(DockerEngine.connect(swarm.engine.node(node), DockerLimits.DEFAULT));
        }
        return swarm;
    }

    TestEngine engine() {
        return engine;
    }

    /** The engine of a node. */
    DockerEngine node(int number) {
        return asked.get(number - 1);
    }

    /** Gives a node a label. */
    void label(int node, String name, String value) throws Exception {
        docker(1, "node", "update", "--label-add", name + "=" + value, "n" + node);
    }

    /** Runs Docker's own client against a node. */
    void docker(int node, String... words) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("docker", "--host", engine.node(node).toString());
        builder.command().addAll(List.of(words));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(staging.resolveSibling("docker.log").toFile())
                .start();
        assertEquals(0, process.waitFor());
    }

    Swarm swarm() {
        return new Swarm(node(1));
    }

    SwarmSettings settings(String gateway, Duration placement, String... constraints) {
        return settings(gateway, engine.address(), engine.nodes(), placement, constraints);
    }

    SwarmSettings settings(
            String gateway, EngineAddress manager, NodeAddress nodes, Duration placement, String... constraints) {
        DockerSettings usual = DockerSettings.on(manager, gateway, staging);
        return new SwarmSettings(
                new DockerSettings(
                        usual.address(),
                        gateway,
                        staging,
                        new ImageSettings(
                                Optional.of(TestEngine.BUSYBOX), List.of(), PullPolicy.NEVER, Optional.empty()),
                        usual.network(),
                        usual.user(),
                        usual.serviceCapabilities(),
                        usual.runtime(),
                        new ContainerLimits(64 << 20, 2, 4096, 16 << 20, 256 << 20),
                        usual.limits(),
                        usual.ready()),
                nodes,
                List.of(constraints),
                new SwarmSettings.Reserved(16 << 20, 0.01),
                placement);
    }

    SwarmExecutor executor(String gateway, WorkspaceFiller filler) throws IOException {
        return SwarmExecutor.open(settings(gateway, Duration.ofMinutes(1)), filler);
    }

    /** What is left of a gateway's, by name: services, networks, and containers on all nodes. */
    private List<String> remains(String gateway) throws Exception {
        List<String> remains = new ArrayList<>();
        swarm().services(gateway).forEach(each -> remains.add("service " + each.labels()));
        swarm().networks(gateway).forEach(each -> remains.add("network " + each.labels()));
        for (int node = 1; node <= NODES; node++) {
            String of = " on n" + node;
            Remains.of(node(node), gateway).forEach(each -> remains.add(each + of));
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(staging)) {
            left.forEach(each -> remains.add(each.getFileName().toString()));
        }
        return remains;
    }

    /** The same, once what nodes do by and by has had some time. */
    List<String> remainsInTheEnd(String gateway) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> remains = remains(gateway);
        while (!remains.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
            remains = remains(gateway);
        }
        return remains;
    }

    @Override
    public void close() throws IOException {
        asked.forEach(DockerEngine::close);
        engine.close();
    }
}
