package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nodes' engines are, and what no Swarm can be asked for. */
class NodeAddressTest {
    private static final Optional<Path> CERTIFICATES = Optional.of(Path.of("/certificates"));

    private static SwarmNode node(String address) {
        return new SwarmNode("id", "n1.example", address, "ready", "active", "", Map.of("engine", "tcp://10.0.0.1:1"));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://{address}:2376, 192.0.2.1, tcp://192.0.2.1:2376",
        "tcp://{address}:2376, 2001:db8::1, tcp://[2001:db8::1]:2376",
        "tcp://{hostname}:2376, 192.0.2.1, tcp://n1.example:2376",
        "{label.engine}, 192.0.2.1, tcp://10.0.0.1:1",
        "unix:///run/{hostname}/{address}.sock, 192.0.2.1, unix:///run/n1.example/192.0.2.1.sock",
    })
    void aPatternHasANodesOwnWordsInIt(String pattern, String address, String expected) throws Exception {
        assertEquals(
                expected,
                new NodeAddress(pattern, CERTIFICATES).of(node(address)).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://engine:2376", "tcp://{address}", "http://{address}:1", "{other}", "unix://{hostname}"})
    void whatIsNoAddressIsRefused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> new NodeAddress(pattern, CERTIFICATES));
    }

    @Test
    void anEngineOnTheNetworkNeedsCertificates() {
        assertThrows(IllegalArgumentException.class, () -> new NodeAddress("tcp://{address}:2376", Optional.empty()));
    }

    @Test
    void aLabelThatANodeLacksIsSaid() {
        IOException none = assertThrows(
                IOException.class,
                () -> new NodeAddress("tcp://{label.address}:2376", CERTIFICATES).of(node("192.0.2.1")));
        assertTrue(none.getMessage().contains("n1.example has no label address"), none::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node.role=worker", "node.role", "==a", "node.labels.a==", "a b==c"})
    void constraintsThatAreNoneAreRefused(String constraint) {
        assertThrows(
                IllegalArgumentException.class,
                () -> settings(
                        DockerSettings.on(EngineAddress.socket(Path.of("/s")), "g", Path.of("/staging")), constraint));
    }

    @Test
    void aRuntimeIsRefused() {
        DockerSettings usual = DockerSettings.on(EngineAddress.socket(Path.of("/s")), "g", Path.of("/staging"));
        DockerSettings other = new DockerSettings(
                usual.address(),
                usual.gateway(),
                usual.staging(),
                usual.images(),
                usual.network(),
                usual.user(),
                usual.serviceCapabilities(),
                Optional.of("runsc"),
                usual.container(),
                usual.limits(),
                usual.ready());
        IllegalArgumentException none =
                assertThrows(IllegalArgumentException.class, () -> settings(other, "node.role==worker"));
        assertTrue(String.valueOf(none.getMessage()).contains("runsc"), none::getMessage);
    }

    private static SwarmSettings settings(DockerSettings docker, String constraint) {
        return new SwarmSettings(
                docker,
                new NodeAddress("unix:///{hostname}", Optional.empty()),
                List.of(constraint),
                new SwarmSettings.Reserved(0, 0),
                Duration.ofMinutes(1));
    }
}
