package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.workspace.FolderRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipes of one visit, in the folder of its run that the job sees and cannot change: {@code script} says what is run,
 * {@code code} that it is there and how it has ended, {@code size} how large its terminal is.
 */
record VisitFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(VisitFolder.class);

    /** Makes it for the job's user. */
    void make(int owner) throws IOException, InterruptedException {
        Files.createDirectory(path);
        // The folder is the gateway's own: nobody can put anything else into the place of a pipe.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        List<Path> pipes = List.of(script(), in(), out(), err(), code(), size());
        HostCommand.run("mkfifo", "-m", "600", script(), in(), out(), err(), code(), size());
        for (Path pipe : pipes) {
            if (!Files.getAttribute(pipe, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                Files.setAttribute(pipe, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Removes it; failures are logged. */
    void remove() {
        try {
            FolderRemoval.remove(path);
        } catch (IOException e) {
            LOG.warn("the folder of a visit cannot be removed: {}", path, e);
        }
    }

    Path script() {
        return path.resolve("script");
    }

    Path in() {
        return path.resolve("in");
    }

    Path out() {
        return path.resolve("out");
    }

    Path err() {
        return path.resolve("err");
    }

    Path code() {
        return path.resolve("code");
    }

    /** That of the run. */
    Path bell() {
        return path.resolveSibling(RunFolder.BELL);
    }

    Path size() {
        return path.resolve("size");
    }
}
