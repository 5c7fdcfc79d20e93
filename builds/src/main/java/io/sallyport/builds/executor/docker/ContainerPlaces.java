package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.shell.ShellJob;
import java.nio.file.Path;

/** Where a job finds its things in its container. The folder above them is not its own, so it cannot replace them. */
final class ContainerPlaces {
    static final String ROOT = "build";
    static final String WORKSPACE = "workspace";
    static final String FILES = "/build/files";
    static final ShellJob JOB =
            ShellJob.in(Path.of("/build/workspace"), Path.of("/build/home"), Path.of("/build/tmp"), Path.of(FILES));

    private ContainerPlaces() {}
}
