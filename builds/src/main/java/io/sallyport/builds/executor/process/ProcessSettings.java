package io.sallyport.builds.executor.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How jobs run as processes.
 *
 * @param workspaces an absolute folder of the executor's own; it is made where it does not exist
 * @param sandbox whether there must be one
 * @param network whether jobs in a sandbox have the machine's network, with its loopback
 * @param readOnlyPaths absolute paths that a sandbox shows besides the system's own, such as {@code /opt/jdk}; files
 *     that not everybody may read cannot be read there either
 * @param bwrap the bubblewrap program: an absolute path, or a name to be found on the gateway's {@code PATH}
 * @param limits of each job
 */
public record ProcessSettings(
        Path workspaces,
        Sandbox sandbox,
        boolean network,
        List<Path> readOnlyPaths,
        String bwrap,
        ProcessLimits limits) {
    private static final List<Path> NEVER =
            List.of(Path.of("/etc"), Path.of("/proc"), Path.of("/sys"), Path.of("/dev"), Path.of("/build"));

    /** Refuses a folder that is not absolute and read-only paths that would show what a sandbox must hide. */
    public ProcessSettings {
        if (!workspaces.isAbsolute()) {
            throw new IllegalArgumentException("the workspaces folder is not absolute: " + workspaces);
        }
        for (Path path : readOnlyPaths) {
            Path plain = path.normalize();
            if (!plain.isAbsolute()
                    || NEVER.contains(plain)
                    || workspaces.normalize().startsWith(plain)
                    || plain.startsWith(workspaces.normalize())) {
                throw new IllegalArgumentException("not a path that a sandbox may show: " + path);
            }
        }
        readOnlyPaths = List.copyOf(readOnlyPaths);
    }

    /** The defaults: a sandbox is required, without network, nothing but the system to be seen. */
    public static ProcessSettings in(Path workspaces) {
        return new ProcessSettings(
                workspaces.toAbsolutePath(), Sandbox.REQUIRED, false, List.of(), "bwrap", ProcessLimits.DEFAULT);
    }

    /** The same with another mode. */
    public ProcessSettings with(Sandbox mode) {
        return new ProcessSettings(workspaces, mode, network, readOnlyPaths, bwrap, limits);
    }
}
