package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;

/** Whether tests of the sandbox can run here. In CI they must. */
final class Bubblewraps {
    private Bubblewraps() {}

    static void assumeUsable(Path folder) throws Exception {
        try {
            ProcessExecutor.open(ProcessSettings.in(folder), (source, workspace) -> {})
                    .close();
        } catch (SandboxUnavailableException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            abort("no sandbox here: " + e.getMessage());
        }
    }
}
