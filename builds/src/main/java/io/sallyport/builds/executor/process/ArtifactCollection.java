package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactPatterns.Position;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Hands a workspace's artifacts to a sink, the names of each folder in order. Every folder and file is opened from the
 * open folder above it and never through a link (openat(2), O_NOFOLLOW), so nothing outside can be reached, whatever is
 * swapped meanwhile. What a rule names but is not handed over is said in the log.
 */
final class ArtifactCollection {
    private static final int DEEPEST = 100;
    private static final int NOTICES = 20;
    private static final String GIT = ".git";
    /** What bytes that are no character are read as. */
    private static final char NO_CHARACTER = '\uFFFD';

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final ArtifactPatterns patterns;
    private final SourceFiles source;
    private final ProcessLimits limits;
    private final ArtifactSink sink;
    private final JobOutput output;
    private final Set<String> used = new HashSet<>();
    private int files;
    private int entries;
    private int notices;

    ArtifactCollection(
            ArtifactPatterns patterns, SourceFiles source, ProcessLimits limits, ArtifactSink sink, JobOutput output) {
        this.patterns = patterns;
        this.source = source;
        this.limits = limits;
        this.sink = sink;
        this.output = output;
    }

    /** A folder on the way, open; {@code untracked} where what the source did not have is wanted for that. */
    private record Place(
            SecureDirectoryStream<Path> folder, String path, Position position, int depth, boolean untracked) {
        String path(Path name) {
            return path.isEmpty() ? name.toString() : path + "/" + name;
        }
    }

    /**
     * Collects from a folder in a folder that is the gateway's own.
     *
     * @throws IOException when the sink refuses, a disk fails or a limit is reached
     */
    void collect(Path runFolder, Path workspace) throws IOException, InterruptedException {
        try (DirectoryStream<Path> above = Files.newDirectoryStream(runFolder);
                SecureDirectoryStream<Path> top =
                        secure(above).newDirectoryStream(workspace.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
            walk(new Place(top, "", patterns.start(), 0, patterns.untracked()));
        }
        for (String written : patterns.written()) {
            if (!used.contains(written)) {
                notice("nothing is there for " + written);
            }
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder) throws IOException {
        if (folder instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IOException("folders cannot be opened safely on this system (openat)");
    }

    private void walk(Place place) throws IOException, InterruptedException {
        for (Path name : names(place)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Position position = patterns.step(place.position, name.toString());
            if (!position.none() || place.untracked) {
                visit(place, name, position);
            }
        }
    }

    private List<Path> names(Place place) throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            for (Path entry : place.folder) {
                if (++entries > limits.artifactEntries()) {
                    throw new IOException("more than " + limits.artifactEntries() + " files and folders");
                }
                names.add(entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return names;
    }

    private void visit(Place place, Path name, Position position) throws IOException, InterruptedException {
        boolean named = patterns.matches(position) || isNew(place, name, position);
        if (name.toString().indexOf(NO_CHARACTER) >= 0) {
            skip(place, name, named, "has a name that is not UTF-8");
            return;
        }
        PosixFileAttributes attributes;
        try {
            attributes = place.folder
                    .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
        } catch (FileSystemException e) {
            skip(place, name, named, "is gone");
            return;
        }
        if (attributes.isDirectory()) {
            enter(place, name, position, named);
        } else if (named && attributes.isRegularFile()) {
            used.addAll(patterns.matching(position));
            hand(place, name, attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE));
        } else {
            skip(place, name, named, attributes.isSymbolicLink() ? "is a link" : "is not a plain file");
        }
    }

    /** Whether it is wanted for not being in the source; what git keeps for itself is never meant. */
    private boolean isNew(Place place, Path name, Position position) {
        return place.untracked
                && !name.toString().equals(GIT)
                && !patterns.excludes(position)
                && !source.has(place.path(name));
    }

    private void enter(Place place, Path name, Position position, boolean named)
            throws IOException, InterruptedException {
        if (place.depth == DEEPEST) {
            skip(place, name, named, "is too deep");
            return;
        }
        SecureDirectoryStream<Path> folder;
        try {
            folder = place.folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            skip(place, name, named, "cannot be opened: " + e.getReason());
            return;
        }
        try (folder) {
            walk(new Place(
                    folder,
                    place.path(name),
                    position,
                    place.depth + 1,
                    place.untracked && !name.toString().equals(GIT)));
        }
    }

    private void hand(Place place, Path name, boolean executable) throws IOException {
        if (++files > limits.artifactFiles()) {
            throw new IOException("more than " + limits.artifactFiles() + " artifacts");
        }
        ReadableByteChannel bytes;
        try {
            bytes = place.folder.newByteChannel(name, READ);
        } catch (FileSystemException e) {
            skip(place, name, true, "cannot be opened: " + e.getReason());
            return;
        }
        try (bytes) {
            sink.accept(place.path(name), executable, bytes);
        }
    }

    private void skip(Place place, Path name, boolean named, String why) throws IOException {
        if (named) {
            notice(place.path(name) + " " + why + ", it is not kept");
        }
    }

    private void notice(String text) throws IOException {
        if (++notices <= NOTICES) {
            output.system("artifacts: " + text);
        } else if (notices == NOTICES + 1) {
            output.system("artifacts: and more of this kind");
        }
    }
}
