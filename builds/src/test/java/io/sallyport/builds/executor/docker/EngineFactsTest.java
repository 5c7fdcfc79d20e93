package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFactsTest {
    @TempDir
    Path folder;

    @Test
    void areWhatTheEngineSays() throws Exception {
        Path socket = folder.resolve("engine");
        String info = FakeEngine.ok("{\"NCPU\": 3, \"Runtimes\": {\"runc\": {}, \"runsc\": {\"path\": \"/runsc\"}}}");
        try (FakeEngine engine = FakeEngine.at(
                socket, request -> request.contains("/info") ? info : FakeEngine.version("1.44", "1.24"))) {
            assertEquals(
                    new EngineFacts(Set.of("runc", "runsc"), 3),
                    EngineFacts.of(engine.address(), DockerLimits.DEFAULT));
        }
    }

    @Test
    void nobodyHasAnyOfAnEngineThatIsNotThere() {
        EngineAddress nowhere = EngineAddress.socket(folder.resolve("nowhere"));

        assertThrows(IOException.class, () -> EngineFacts.of(nowhere, DockerLimits.DEFAULT));
    }
}
