package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The installed bubblewrap and what its version knows.
 *
 * @param path absolute
 * @param endsUserNamespaces whether a job can be kept from making user namespaces (from 0.8)
 * @param limitsMemoryFiles whether a memory file system can have a size (from 0.7)
 */
record BubblewrapProgram(Path path, boolean endsUserNamespaces, boolean limitsMemoryFiles) {
    /** Finds it and asks what it knows. */
    static BubblewrapProgram find(String name) throws IOException, InterruptedException {
        Path path = HostCommand.find(name).orElseThrow(() -> new SandboxUnavailableException(name, "not found"));
        String help = HostCommand.run(path, "--help");
        return new BubblewrapProgram(path, help.contains("--disable-userns"), help.contains("--size"));
    }
}
