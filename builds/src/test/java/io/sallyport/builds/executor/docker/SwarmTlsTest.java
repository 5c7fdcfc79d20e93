package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.ArtifactRules;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A manager and nodes whose engines answer over TLS alone, each at the address that a label of its node says. */
@Timeout(120)
class SwarmTlsTest {
    private static final String GATEWAY = "tls";
    private static final int NODES = 3;

    @TempDir
    static Path folder;

    private static TestSwarm swarm;
    private static Certificates certificates;
    private static final List<TlsRelay> RELAYS = new ArrayList<>();

    private final Orders orders = new Orders();
    private final RecordedOutput output = new RecordedOutput();

    @BeforeAll
    static void startSwarm() throws Exception {
        certificates = Certificates.make(folder.resolve("right"));
        swarm = TestSwarm.start(folder);
        for (int node = 1; node <= NODES; node++) {
            TlsRelay relay =
                    TlsRelay.before(Path.of(swarm.engine().node(node).uri().getPath()), certificates);
            RELAYS.add(relay);
            swarm.label(node, "engine", "tcp://127.0.0.1:" + relay.port());
        }
    }

    @AfterAll
    static void stopSwarm() throws Exception {
        for (TlsRelay relay : RELAYS) {
            relay.close();
        }
        if (swarm != null) {
            swarm.close();
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertEquals(List.of(), swarm.remainsInTheEnd(GATEWAY));
    }

    private static SwarmExecutor executor(Certificates nodes) throws Exception {
        EngineAddress manager = new EngineAddress(
                URI.create("tcp://127.0.0.1:" + RELAYS.getFirst().port()), Optional.of(certificates.folder()));
        return SwarmExecutor.open(
                swarm.settings(
                        GATEWAY,
                        manager,
                        new NodeAddress("{label.engine}", Optional.of(nodes.folder())),
                        Duration.ofSeconds(20)),
                (source, workspace) -> Files.writeString(workspace.resolve("file"), "x".repeat(3_000_000)));
    }

    @Test
    void filesOutputAndSignalsGoThroughIt() throws Exception {
        List<String> kept = new ArrayList<>();
        try (SwarmExecutor executor = executor(certificates);
                Run run = executor.prepare(orders.of())) {
            run.start(
                    Commands.of(List.of("head -c 2000000 /dev/zero | tr '\\000' y; wc -c <file; echo err >&2")),
                    output);
            assertEquals(new Exit.Code(0), run.await());
            run.start(Commands.of(List.of("echo waits; sleep 4795")), output);
            output.waitForOut("waits\n");
            run.stop(Duration.ofSeconds(60));
            assertEquals(new Exit.Stopped(), run.await());
            run.collect(ArtifactRules.of(List.of("file")), (path, executable, bytes) -> kept.add(path));
        }
        assertEquals("y".repeat(2_000_000) + "3000000\nwaits\n", output.out());
        assertTrue(output.err().startsWith("err\n"), output::err);
        assertEquals(List.of("file"), kept);
    }

    @Test
    void certificatesThatDoNotMatchAreSaid() throws Exception {
        Certificates others = Certificates.make(folder.resolve("wrong"));
        try (SwarmExecutor executor = executor(others);
                Run run = executor.prepare(orders.of())) {
            run.start(Commands.of(List.of("echo never")), output);
            Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
            assertTrue(lost.reason().contains("with the certificates in " + others.folder()), lost::reason);
        }
        assertEquals("", output.all());
    }
}
