package io.sallyport.gateway.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.process.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    Path folder;

    private Surroundings of(Map<String, String> environment) {
        return Surroundings.of(environment, List.of(folder.resolve("none")));
    }

    @Test
    void theImageRequiresTheSandboxThatSettingsLeaveOpen() {
        Surroundings image = of(Map.of("SALLYPORT_SANDBOX", "required"));

        assertEquals(Sandbox.REQUIRED, image.sandbox(Sandbox.AUTO));
        assertEquals(Sandbox.NONE, image.sandbox(Sandbox.NONE));
        assertEquals(Sandbox.AUTO, of(Map.of()).sandbox(Sandbox.AUTO));
    }

    @Test
    void aContainerIsToldByItsEnvironmentOrByAFile() {
        assertTrue(of(Map.of("container", "podman")).advice().contains("builds.executor"));
        assertTrue(Surroundings.of(Map.of(), List.of(folder)).advice().contains("builds.executor"));
        assertEquals("install bubblewrap, see docs/sandbox.md", of(Map.of()).advice());
    }
}
