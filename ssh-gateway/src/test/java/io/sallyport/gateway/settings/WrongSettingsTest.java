package io.sallyport.gateway.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in the settings is told by the name of the setting, all of it at once. */
class WrongSettingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                docker.host: /run/docker.sock | docker.host is unix:///path or tcp://host:port, not '/run/docker.sock'
                docker.host: tcp://engine | docker.host is unix:///path or tcp://host:port, not 'tcp://engine'
                docker.host: 'tcp://a b:1' | docker.host is unix:///path or tcp://host:port, not 'tcp://a b:1'
                docker.memory: 1KiB | docker.memory is a number of bytes from 6MiB, not '1KiB'
                docker.cpus: 0.001 | docker.cpus is a number from 0.01 such as 2 or 0.5, not '0.001'
                docker.cpus: NaN | docker.cpus is a number from 0.01 such as 2 or 0.5, not 'NaN'
                docker.logBytes: 1KiB | docker.logBytes is a number of bytes from 1MiB, not '1KiB'
                docker.deadline: 0s | docker.deadline is a time above 0 such as 500ms, 20s, 10m, 1h or 1d, not '0s'
                builds.sharedMemory: 0 | builds.sharedMemory is a number of bytes from 1, not '0'
                docker.serviceCapabilities: SETUID CHWON | docker.serviceCapabilities is capabilities such as CHOWN SETUID, parted by blanks, not 'CHWON'
                docker.image: Sally Port | docker.image is the name of an image such as debian:13, or nothing, not 'Sally Port'
                docker.image: Sallyport/busybox | docker.image is the name of an image such as debian:13, or nothing, not 'Sallyport/busybox'
                docker.allowedImages: debian BAD!! a/** | docker.allowedImages is names of images such as debian java:25* registry.example/**, parted by blanks, not 'BAD!!'
                docker.allowedImages: a/**/ | docker.allowedImages is names of images such as debian java:25* registry.example/**, parted by blanks, not 'a/**/'
                swarm.nodeHost: tcp://{adress}:2376 | swarm.nodeHost is unix:///path or tcp://host:port with {address}, {hostname} or {label.NAME} in it, not 'tcp://{adress}:2376'
                """)
    void aValueThatNoEngineTakesIsNamed(String line, String error) throws IOException {
        assertEquals(List.of(error), errors(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                docker | docker.host: tcp://e:2376 | docker.host is on the network (tcp://e:2376), where an engine is only spoken to over TLS: set docker.tlsCertificates to a folder with ca.pem, cert.pem and key.pem
                docker | docker.tlsCertificates: /tls | docker.tlsCertificates is of no use while docker.host is unix:///var/run/docker.sock: leave it out, or set docker.host to tcp://host:port
                swarm | docker.pull: never | swarm.nodeHost is on the network (tcp://{address}:2376), where an engine is only spoken to over TLS: set docker.tlsCertificates to a folder with ca.pem, cert.pem and key.pem
                """)
    void settingsThatDoNotGoTogetherAreNamed(String place, String line, String error) throws IOException {
        assertEquals(List.of(error), errors("builds.executor: " + place + "\n" + line));
    }

    @Test
    void whatASwarmCannotGiveIsNamedAtOnce() throws IOException {
        assertEquals(
                List.of(
                        "docker.runtime is nothing that a Swarm can be asked for: leave it out, and make runsc the default"
                                + " runtime of its nodes' engines",
                        "swarm.reservedMemory is at most docker.memory, which is 8388608 bytes, not 536870912",
                        "swarm.reservedCpus is at most docker.cpus, which is 0.25, not 0.5"),
                errors("""
                        builds.executor: swarm
                        docker.tlsCertificates: /tls
                        docker.runtime: runsc
                        docker.memory: 8MiB
                        docker.cpus: 0.25
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.host: tcp://e:2376",
                "builds.executor: docker",
                "{builds.executor: docker, docker.host: 'tcp://e:2376', docker.tlsCertificates: /tls}",
                "{builds.executor: swarm, docker.tlsCertificates: /tls}",
                "{builds.executor: swarm, swarm.nodeHost: '{label.engine}'}",
                "{builds.executor: swarm, swarm.nodeHost: 'unix:///{hostname}'}",
            })
    void whatGoesTogetherIsRead(String text) throws Exception {
        ConfigFile.read(written(text));
    }

    /** A fault of its own, of which nobody is told the setting, is none of the answers. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "0B", "1", "9GiB", "999999999TiB", "999999999d", "", "*", "none"})
    void noValueOfAnySettingIsAFault(String value) throws IOException {
        for (Setting<?> setting : Settings.ALL) {
            Path file = written(setting.name() + ": '" + value + "'");
            try {
                ConfigFile.read(file);
            } catch (ConfigFile.WrongSettings e) {
                assertFalse(e.errors().isEmpty());
            }
        }
    }

    private List<String> errors(String text) throws IOException {
        Path file = written(text);
        return assertThrows(ConfigFile.WrongSettings.class, () -> ConfigFile.read(file))
                .errors();
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("sallyport.yml"), text);
    }
}
