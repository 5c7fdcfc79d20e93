package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import io.sallyport.client.PartName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A walk over the folder to submit. Of a git checkout it takes what git tracks, and what is new and not ignored, as
 * {@code git ls-files --cached --others --exclude-standard} does; of any other folder all that no {@code .gitignore} in it
 * ignores. {@code .sallyignore} is stronger, and also leaves out what git tracks. What sally itself has left behind half written is
 * never taken, unless git tracks it.
 */
final class TreeWalk {
    private static final String MODIFIED = "lastModifiedTime";
    private static final String ATTRIBUTES = "unix:mode,ino,size,ctime," + MODIFIED;
    private static final int KIND = 0170000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;
    private static final int FILE = 0100000;
    private static final int OWNER_EXECUTES = 0100;
    private static final String GIT_PATTERNS = ".gitignore";
    private static final String SALLY_PATTERNS = ".sallyignore";
    private static final int MOST_WALKERS = 4;

    private final Path folder;
    private final Map<String, String> environment;
    private final Consumer<String> notices;
    private final Queue<String> leftOut = new ConcurrentLinkedQueue<>();
    private volatile boolean untracked;

    TreeWalk(Path folder, Map<String, String> environment, Consumer<String> notices) {
        this.folder = folder;
        this.environment = environment;
        this.notices = notices;
    }

    /**
     * What was found.
     *
     * @param entries in the order of their paths
     * @param checkout whether the folder is one of git's, or in one
     * @param untracked whether there are files that git does not track
     */
    record Found(List<TreeEntry> entries, boolean checkout, boolean untracked) {}

    /**
     * Where the walk is.
     *
     * @param at the folder
     * @param path of it, from where the patterns count; empty or with a slash at its end
     * @param checkout that it is in
     * @param git patterns of git's
     * @param sally patterns of {@code .sallyignore}
     * @param ignored whether git ignores the folder: then only what is tracked counts
     */
    private record Place(
            Path at, String path, Optional<Repository> checkout, IgnoreRules git, IgnoreRules sally, boolean ignored) {
        /** With the patterns that are in the folder. */
        Place entered() throws ClientException {
            return entered(Set.of(GIT_PATTERNS, SALLY_PATTERNS));
        }

        /** The same; {@code names} has those of the files of patterns that may be there. */
        Place entered(Set<String> names) throws ClientException {
            boolean ofGit = names.contains(GIT_PATTERNS);
            boolean ofSally = names.contains(SALLY_PATTERNS);
            return ofGit || ofSally
                    ? new Place(
                            at,
                            path,
                            checkout,
                            ofGit ? git.with(IgnoreFile.read(at.resolve(GIT_PATTERNS), path)) : git,
                            ofSally ? sally.with(IgnoreFile.read(at.resolve(SALLY_PATTERNS), path)) : sally,
                            ignored)
                    : this;
        }

        boolean tracks(String wanted) {
            return checkout.isPresent()
                    && checkout.get()
                            .index()
                            .paths()
                            .contains(wanted.substring(checkout.get().top().length()));
        }

        boolean tracksBelow(String wanted) {
            return checkout.isPresent()
                    && checkout.get()
                            .index()
                            .folders()
                            .contains(wanted.substring(checkout.get().top().length()));
        }

        boolean ignores(String wanted, boolean isFolder) {
            return ignored || Boolean.TRUE.equals(git.ignores(wanted, isFolder));
        }
    }

    /** A checkout: the path of its top, and what it tracks. */
    private record Repository(String top, GitIndex index) {}

    Found run() throws IOException {
        Optional<Path> top = top();
        Optional<Place> inside = top.isPresent() ? descend(top.get()) : Optional.empty();
        Place start = inside.isPresent()
                ? inside.get()
                : new Place(folder, "", Optional.empty(), IgnoreRules.none(), IgnoreRules.none(), false);
        List<TreeEntry> found = walk(start);
        found.sort(Comparator.comparing(TreeEntry::path));
        leftOut.stream()
                .sorted()
                .forEach(path -> notices.accept("'" + path + "' is left out: it is no file, folder or link"));
        return new Found(found, start.checkout().isPresent(), untracked);
    }

    /** The top of the checkout that the folder is in. */
    private Optional<Path> top() throws ClientException {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git")) && GitFolder.of(at).isPresent()) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** From the top of a checkout down to the folder; empty when git ignores that. */
    private Optional<Place> descend(Path top) throws ClientException {
        Place place = repository(top, "", IgnoreRules.none());
        for (Path part : top.relativize(folder.toAbsolutePath().normalize())) {
            if (part.toString().isEmpty()) {
                continue;
            }
            place = place.entered();
            String path = place.path() + part;
            if (place.ignores(path, true) && !place.tracksBelow(path)) {
                return Optional.empty();
            }
            place = new Place(
                    place.at().resolve(part),
                    path + "/",
                    place.checkout(),
                    place.git(),
                    place.sally(),
                    place.ignores(path, true));
        }
        return Optional.of(place);
    }

    private Place repository(Path at, String path, IgnoreRules sally) throws ClientException {
        GitFolder git = GitFolder.of(at)
                .orElseThrow(() -> new ClientException.BadSource("'" + at + "' is a git checkout without its history"));
        IgnoreRules rules = new IgnoreRules(git.patterns(path, environment));
        return new Place(at, path, Optional.of(new Repository(path, git.index())), rules, sally, false);
    }

    private List<TreeEntry> walk(Place start) throws IOException {
        int walkers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WALKERS);
        try (ForkJoinPool pool = new ForkJoinPool(walkers)) {
            return pool.invoke(new FolderWalk(start, start.path().length()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The walk over one folder; those in it are walked over side by side. */
    private final class FolderWalk extends RecursiveTask<List<TreeEntry>> {
        private static final long serialVersionUID = 1L;

        private final transient Place start;
        private final int below;
        private final transient List<TreeEntry> found = new ArrayList<>();
        private final transient List<FolderWalk> inner = new ArrayList<>();

        FolderWalk(Place start, int below) {
            this.start = start;
            this.below = below;
        }

        @Override
        protected List<TreeEntry> compute() {
            try {
                look();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            invokeAll(inner);
            inner.forEach(walk -> found.addAll(walk.join()));
            return found;
        }

        private void look() throws IOException {
            Map<String, Path> children = children(start.at());
            Place place = start.entered(children.keySet());
            for (Map.Entry<String, Path> child : children.entrySet()) {
                if (child.getKey().equals(".git")) {
                    continue;
                }
                String path = place.path() + child.getKey();
                Map<String, Object> attributes = attributes(child.getValue(), path);
                boolean isFolder = (mode(attributes) & KIND) == FOLDER;
                Boolean sally = place.sally().ignores(path, isFolder);
                if (Boolean.TRUE.equals(sally)) {
                    continue;
                }
                boolean ignored = sally == null && place.ignores(path, isFolder);
                if (isFolder) {
                    folder(place, child.getValue(), path, ignored, attributes);
                } else if (place.tracks(path) || !(ignored || PartName.is(child.getKey()))) {
                    untracked |= !place.tracks(path);
                    add(path.substring(below), attributes);
                }
            }
        }

        private void folder(Place place, Path child, String path, boolean ignored, Map<String, Object> attributes)
                throws IOException {
            boolean own = place.checkout().isPresent()
                    && Files.exists(child.resolve(".git"))
                    && GitFolder.of(child).isPresent();
            if (ignored && !place.tracksBelow(path) && !place.tracks(path)) {
                return;
            }
            if (place.checkout().isEmpty()) {
                found.add(new TreeEntry.Folder(path.substring(below), time(attributes, MODIFIED)));
            }
            Place at = own
                    ? repository(child, path + "/", place.sally())
                    : new Place(child, path + "/", place.checkout(), place.git(), place.sally(), ignored);
            inner.add(new FolderWalk(at, below));
        }

        private void add(String path, Map<String, Object> attributes) throws ClientException {
            switch (mode(attributes) & KIND) {
                case LINK ->
                    found.add(new TreeEntry.Link(
                            path, SourceFile.of(folder, path).linkTarget(), time(attributes, MODIFIED)));
                case FILE ->
                    found.add(new TreeEntry.RegularFile(
                            path,
                            number(attributes, "size"),
                            (mode(attributes) & OWNER_EXECUTES) != 0,
                            new TreeEntry.State(
                                    time(attributes, MODIFIED), time(attributes, "ctime"), number(attributes, "ino"))));
                default -> leftOut.add(path);
            }
        }
    }

    private static int mode(Map<String, Object> attributes) {
        return (int) Objects.requireNonNull(attributes.get("mode"));
    }

    private static long time(Map<String, Object> attributes, String name) {
        return ((FileTime) Objects.requireNonNull(attributes.get(name))).to(TimeUnit.NANOSECONDS);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return (long) Objects.requireNonNull(attributes.get(name));
    }

    private static Map<String, Object> attributes(Path file, String path) throws ClientException {
        try {
            return Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new ClientException.BadSource(
                    "'" + path + "' changed while it was sent, nothing was submitted: submit again");
        } catch (IOException e) {
            throw new ClientException.BadSource("cannot read '" + path + "': " + e.getMessage());
        }
    }

    /** By their names, in the order of these. */
    private static Map<String, Path> children(Path at) throws IOException {
        Map<String, Path> children = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(at)) {
            for (Path child : stream) {
                children.put(FileName.of(child.getFileName()), child);
            }
        } catch (AccessDeniedException e) {
            throw new ClientException.BadSource("cannot read '" + e.getFile() + "': permission denied");
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }
}
