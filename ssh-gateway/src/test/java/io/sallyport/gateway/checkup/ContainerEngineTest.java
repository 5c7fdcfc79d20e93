package io.sallyport.gateway.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.docker.EngineFacts;
import io.sallyport.gateway.settings.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine lacks of what the settings say of it. */
class ContainerEngineTest {
    @TempDir
    Path folder;

    @Test
    void anEngineThatHasItAllLacksNothing() throws Exception {
        assertEquals(
                List.of(),
                engine("docker.runtime: runsc\ndocker.cpus: 2").lacking(new EngineFacts(Set.of("runc", "runsc"), 2)));
    }

    @Test
    void aRuntimeAndProcessorsThatItDoesNotHaveAreNamed() throws Exception {
        List<Finding> found =
                engine("docker.runtime: runsc\ndocker.cpus: 8").lacking(new EngineFacts(Set.of("runc", "crun"), 2));

        assertEquals(
                List.of(
                        Finding.error(
                                "docker.runtime is runsc, which the engine does not have (it has crun, runc), so all"
                                        + " jobs are errored: add it to the engine's runtimes, or leave docker.runtime out"),
                        Finding.error(
                                "docker.cpus is 8.0, but the engine has 2 processors only, so all jobs are errored:"
                                        + " set it to at most that")),
                found);
    }

    @Test
    void oneThatDoesNotAnswerIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("socket"));

        Finding finding = engine("docker.host: unix://" + file).look().getFirst();

        assertEquals(Finding.Level.ERROR, finding.level());
        assertTrue(finding.words().contains("cannot reach the engine at unix://" + file), finding::words);
    }

    private ContainerEngine engine(String settings) throws Exception {
        Path file = folder.resolve("sallyport.yml");
        Files.writeString(file, "builds.executor: docker\n" + settings + "\n");
        return new ContainerEngine(ConfigFile.read(file));
    }
}
