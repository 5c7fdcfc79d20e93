package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.executor.workspace.FolderRemoval;
import io.sallyport.builds.executor.workspace.SourceFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of the gateway's own in which a workspace is put together before it goes into its container. */
record Staging(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
    private static final String PREFIX = "staged-";

    /**
     * The folder of all of them, which is made, or emptied of what earlier gateways left.
     *
     * @throws IOException when it cannot be used
     */
    static Path open(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path real = folder.toRealPath();
        removeStale(real);
        return real;
    }

    /** One that is not there, of a workspace that is in its container. */
    static Staging absent(Path folder, String name) {
        return new Staging(folder.resolve(PREFIX + name));
    }

    /** Makes one with an empty workspace. */
    static Staging make(Path folder, String name) throws IOException {
        Path path = Files.createDirectory(folder.resolve(PREFIX + name));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        Staging staging = new Staging(path);
        Files.createDirectory(staging.workspace());
        return staging;
    }

    /** Removes those that earlier gateways left. */
    private static void removeStale(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path each : left) {
                FolderRemoval.remove(each);
            }
        }
    }

    /** What an absent one had from a job's source, where the job keeps something for not being among it. */
    SourceFiles sourceFiles(JobOrder order, WorkspaceFiller filler) throws IOException, InterruptedException {
        if (!order.keepsUntracked()) {
            return SourceFiles.none();
        }
        try {
            Files.createDirectories(workspace());
            filler.fill(order.source(), workspace());
            return SourceFiles.in(workspace());
        } finally {
            remove();
        }
    }

    Path workspace() {
        return path.resolve("workspace");
    }

    boolean isThere() {
        return Files.exists(path);
    }

    /** Removes it; failures are logged. */
    void remove() {
        try {
            FolderRemoval.remove(path);
        } catch (IOException e) {
            LOG.warn("a staged workspace cannot be removed: {}", path, e);
        }
    }
}
