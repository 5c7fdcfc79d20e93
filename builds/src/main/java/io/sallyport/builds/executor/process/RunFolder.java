package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.workspace.FolderRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run: {@code workspace}, {@code home}, {@code tmp} and {@code files} are the job's; {@code ask} and {@code answer}
 * in {@code talk} are the pipes between its shell and the gateway, {@code bell} there is that to its {@link Doorman}, and
 * {@code out} and {@code err} are those of its output.
 */
record RunFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    private static final String PREFIX = "run-";
    static final String BELL = "bell";

    /** The folder of a run of that name; it is not there yet. */
    RunFolder(Path workspaces, String name) {
        this(workspaces.resolve(PREFIX + name));
    }

    /** Makes it with everything in it but the source. */
    void make() throws IOException, InterruptedException {
        // Others may pass through, not look: a sandbox's user has to reach its own folders, which only it may enter.
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        for (Path each : List.of(workspace(), home(), tmp(), files(), talk())) {
            makeOwn(each);
        }
        HostCommand.run("mkfifo", "-m", "600", ask(), answer(), bell(), out(), err());
    }

    private static void makeOwn(Path folder) throws IOException {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Empties the folder for files of variables, whatever earlier commands have made of it. */
    void renewFiles() throws IOException {
        Object owner = Files.getAttribute(files(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
        FolderRemoval.remove(files());
        makeOwn(files());
        Files.setAttribute(files(), "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes it and all in it; failures are logged. Does nothing when it is not there. */
    void remove() {
        try {
            FolderRemoval.remove(path);
        } catch (IOException e) {
            LOG.warn("the folder of a run cannot be removed: {}", path, e);
        }
    }

    /** Removes the folders that earlier gateways left. */
    static void removeStale(Path workspaces) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(workspaces, PREFIX + "*")) {
            for (Path each : left) {
                FolderRemoval.remove(each);
            }
        }
    }

    /** The number of the user that the job's parts of it belong to, by one that no job can change. */
    int owner() throws IOException {
        return (int) Files.getAttribute(out(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Gives the job's parts of it to another user and group, links themselves too, before anything of the job runs. */
    void giveTo(int user) throws IOException {
        FileVisitor<Path> giver = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return visitFile(folder, attributes);
            }
        };
        for (Path each : List.of(workspace(), home(), tmp(), files(), talk(), out(), err())) {
            Files.walkFileTree(each, giver);
        }
    }

    Path workspace() {
        return path.resolve("workspace");
    }

    Path home() {
        return path.resolve("home");
    }

    Path tmp() {
        return path.resolve("tmp");
    }

    Path files() {
        return path.resolve("files");
    }

    Path talk() {
        return path.resolve("talk");
    }

    Path ask() {
        return talk().resolve("ask");
    }

    Path answer() {
        return talk().resolve("answer");
    }

    Path bell() {
        return talk().resolve(BELL);
    }

    /** Of a visit with that mark; not there yet. */
    VisitFolder visit(VisitMark mark) {
        return new VisitFolder(talk().resolve(mark.value()));
    }

    Path out() {
        return path.resolve("out");
    }

    Path err() {
        return path.resolve("err");
    }
}
