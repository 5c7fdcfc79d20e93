package io.sallyport.builds.executor.workspace;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactPatterns.Position;
import io.sallyport.builds.source.WorkspaceTar;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Goes over what patterns name in a workspace, the names of each folder in order. Every folder and file is opened from
 * the open folder above it and never through a link (openat(2), O_NOFOLLOW), so nothing outside can be reached,
 * whatever is swapped meanwhile.
 */
public final class WorkspaceWalk {
    /** What bytes that are no character are read as. */
    private static final char NO_CHARACTER = '\uFFFD';

    private static final String GIT = ".git";
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final ArtifactPatterns patterns;
    private final SourceFiles source;
    private final int limit;
    private final WorkspaceVisitor visitor;
    private int entries;

    /**
     * A walk that is to be made once.
     *
     * @param source what the workspace had before anything was added, where the patterns ask for it
     * @param limit of files and folders that are looked at
     */
    public WorkspaceWalk(ArtifactPatterns patterns, SourceFiles source, int limit, WorkspaceVisitor visitor) {
        this.patterns = patterns;
        this.source = source;
        this.limit = limit;
        this.visitor = visitor;
    }

    /**
     * Something in an open folder.
     *
     * @param place the same by its whole path, for what can only be asked by that
     * @param folder it is in, open
     * @param name there
     */
    private record InFolder(
            String path,
            Position position,
            PosixFileAttributes attributes,
            Path place,
            SecureDirectoryStream<Path> folder,
            Path name)
            implements Found {
        @Override
        public int permissions() {
            return Permissions.mode(attributes.permissions());
        }

        @Override
        public Instant modified() {
            return attributes.lastModifiedTime().toInstant();
        }

        @Override
        public Bytes open() throws IOException {
            SeekableByteChannel channel = folder.newByteChannel(name, READ);
            try {
                return new Bytes(channel.size(), channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        /**
         * A link's target can only be read by the link's path. Nothing of the job runs, so nothing is swapped; were it, a
         * target's text would be read, and no file.
         */
        @Override
        public String target() throws IOException {
            return Files.readSymbolicLink(place).toString();
        }
    }

    /** A folder on the way, open; {@code untracked} where what the source did not have is wanted for that. */
    private record Place(
            SecureDirectoryStream<Path> folder,
            Path whole,
            String path,
            Position position,
            int depth,
            boolean untracked) {
        String path(Path name) {
            return path.isEmpty() ? name.toString() : path + "/" + name;
        }
    }

    /**
     * Walks over a workspace, a folder in a folder that is the gateway's own.
     *
     * @throws IOException when the visitor fails, a disk fails or the limit is reached
     */
    public void over(Path workspace) throws IOException, InterruptedException {
        try (DirectoryStream<Path> above = Files.newDirectoryStream(Objects.requireNonNull(workspace.getParent()));
                SecureDirectoryStream<Path> top =
                        secure(above).newDirectoryStream(workspace.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
            walk(new Place(top, workspace, "", patterns.start(), 0, patterns.untracked()));
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
                if (++entries > limit) {
                    throw new IOException("more than " + limit + " files and folders");
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
            passOver(place, name, named, "has a name that is not UTF-8");
            return;
        }
        PosixFileAttributes attributes;
        try {
            attributes = place.folder
                    .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
        } catch (FileSystemException e) {
            passOver(place, name, named, "is gone");
            return;
        }
        InFolder found =
                new InFolder(place.path(name), position, attributes, place.whole.resolve(name), place.folder, name);
        if (attributes.isDirectory()) {
            enter(place, found, named);
        } else if (!named) {
            return;
        } else if (attributes.isRegularFile()) {
            visitor.file(found);
        } else if (attributes.isSymbolicLink()) {
            visitor.link(found);
        } else {
            passOver(place, name, true, "is not a plain file");
        }
    }

    /** Whether it is wanted for not being in the source; what git keeps for itself is never meant. */
    private boolean isNew(Place place, Path name, Position position) {
        return place.untracked
                && !name.toString().equals(GIT)
                && !patterns.excludes(position)
                && !source.has(place.path(name));
    }

    private void enter(Place place, InFolder found, boolean named) throws IOException, InterruptedException {
        if (place.depth == WorkspaceTar.DEEPEST) {
            passOver(place, found.name, named, "is too deep");
            return;
        }
        SecureDirectoryStream<Path> folder;
        try {
            folder = place.folder.newDirectoryStream(found.name, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            passOver(place, found.name, named, "cannot be opened: " + e.getReason());
            return;
        }
        try (folder) {
            if (patterns.matches(found.position)) {
                visitor.folder(found);
            }
            boolean untracked = place.untracked && !found.name.toString().equals(GIT);
            walk(new Place(folder, found.place, found.path, found.position, place.depth + 1, untracked));
        }
    }

    private void passOver(Place place, Path name, boolean named, String why) throws IOException {
        if (named) {
            visitor.other(place.path(name), why);
        }
    }
}
