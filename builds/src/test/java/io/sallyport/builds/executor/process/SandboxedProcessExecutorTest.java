package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a sandbox. */
class SandboxedProcessExecutorTest extends ProcessExecutorTest {
    @BeforeAll
    static void needsBubblewrap(@TempDir Path folder) throws Exception {
        Bubblewraps.assumeUsable(folder);
    }

    @Override
    ProcessSettings settings() {
        return ProcessSettings.in(workspaces());
    }

    @Test
    void saysSo() {
        assertEquals("bubblewrap", executor.isolation().kind());
    }
}
