package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.shell.ShellJob;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a job finds its things in its container. The folder above them is not its own, so it cannot replace them. */
final class ContainerPlaces {
    static final String ROOT = "build";
    static final String WORKSPACE = "workspace";
    static final String FILES = "/build/files";
    static final ShellJob JOB =
            ShellJob.in(Path.of("/build/workspace"), Path.of("/build/home"), Path.of("/build/tmp"), Path.of(FILES));

    private ContainerPlaces() {}

    /** Whether a folder in a container is the one above those, or is above or below that; also when it is hard to say. */
    static boolean meets(String folder) {
        List<String> names =
                Stream.of(folder.split("/")).filter(name -> !name.isEmpty()).toList();
        return names.isEmpty() || names.getFirst().equals(ROOT) || names.contains(".") || names.contains("..");
    }
}
