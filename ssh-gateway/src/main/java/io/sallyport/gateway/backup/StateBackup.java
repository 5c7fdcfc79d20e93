package io.sallyport.gateway.backup;

import io.sallyport.database.Snapshot;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies a state directory into a folder, while a gateway serves from it or none does. Each database is copied as of one
 * moment, that of builds first, then that of keys, then all else: so each record of the copy finds its bytes, as after a
 * power cut. Until it is over retention removes nothing. What a folder has of an earlier backup is not copied again as far as
 * it cannot have changed: blobs.
 */
public final class StateBackup {
    private static final String BLOBS = "blobs";

    /** Stands in the folder while a backup is made, and when one was cut off. */
    private static final String BEGUN = "backup.begun";

    /** What belongs to this machine, this moment, or is made anew. */
    private static final Set<String> LEFT_OUT = Set.of("workspaces", "cache", "lock", StateDirectory.REMOVING, BLOBS);

    private final StateDirectory state;
    private final Path folder;
    private final Copy copy = new Copy();
    private final SortedMap<String, String> files = new TreeMap<>();
    private long blobs;
    private long bytes;

    /** Of a state directory into a folder, which is made if it is not there. */
    public StateBackup(StateDirectory state, Path folder) {
        this.state = state;
        this.folder = folder;
    }

    /**
     * What a backup has taken.
     *
     * @param files other than blobs
     * @param blobs all that it has
     * @param bytes of what was copied now
     */
    public record Taken(int files, long blobs, long bytes) {}

    /**
     * Makes the backup.
     *
     * @param product the version of this program
     * @throws IOException when something cannot be read or written, or the state lacks what every gateway has; what is in the folder then is no whole backup
     * @throws InterruptedException when the thread is interrupted while it waits for retention to end; the same
     */
    public Taken make(String product, Instant now) throws IOException, InterruptedException {
        Copy.folder(folder);
        clear();
        try (FileChannel quiet = state.lockWhenFree(StateDirectory.REMOVING)) {
            database(state.buildsDatabase());
            database(state.keysDatabase());
            for (Path other : list(state.root())) {
                String name = other.getFileName().toString();
                if (!LEFT_OUT.contains(name) && !name.contains(".sqlite") && quiet.isOpen()) {
                    tree(other);
                }
            }
            blobs();
        }
        Inventory inventory = new Inventory(product, now, files, blobs);
        if (!inventory.lacking().isEmpty()) {
            throw new IOException(state.root() + " has no " + String.join(", ", inventory.lacking())
                    + ": the gateway makes what it lacks when it starts");
        }
        inventory.write(folder);
        Files.delete(folder.resolve(BEGUN));
        return new Taken(files.size(), blobs, bytes);
    }

    /** Removes what an earlier backup has left but blobs; nothing of a folder that is none. */
    private void clear() throws IOException {
        List<Path> left = list(folder);
        Path begun = folder.resolve(BEGUN);
        if (!left.isEmpty() && !Files.exists(begun) && !Files.exists(folder.resolve(Inventory.FILE))) {
            throw new IOException("there are files in it, and no earlier backup, which would be replaced:"
                    + " choose an empty folder, or one that is not there");
        }
        if (!Files.exists(begun)) {
            Files.createFile(begun);
        }
        Inventory.remove(folder);
        for (Path old : left) {
            if (!Set.of(BLOBS, BEGUN, Inventory.FILE).contains(old.getFileName().toString())) {
                delete(old);
            }
        }
    }

    private void database(Path database) throws IOException {
        Path to = folder.resolve(database.getFileName().toString());
        Path part = folder.resolve(database.getFileName() + ".part");
        Snapshot.of(database, part);
        take(part, to);
        Files.delete(part);
    }

    private void tree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    try {
                        take(file, folder.resolve(state.root().relativize(file).toString()));
                    } catch (NoSuchFileException e) {
                        // Audit segments go when there are too many.
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    private void take(Path from, Path to) throws IOException {
        files.put(folder.relativize(to).toString(), copy.file(from, to));
        bytes += Files.size(to);
    }

    private void blobs() throws IOException {
        Path from = state.root().resolve(BLOBS).resolve("sha256");
        Path to = folder.resolve(BLOBS).resolve("sha256");
        Copy.folder(to);
        if (Files.isDirectory(from)) {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    blob(file, to.resolve(from.relativize(file).toString()), attributes.size());
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        removeOthers(from, to);
    }

    private void blob(Path from, Path to, long size) throws IOException {
        blobs++;
        if (Files.isRegularFile(to) && Files.size(to) == size) {
            return;
        }
        Path part = folder.resolve(BLOBS).resolve("part");
        Files.deleteIfExists(part);
        copy.file(from, part);
        Copy.folderOf(to);
        Files.move(part, to);
        bytes += size;
    }

    /** Blobs of an earlier backup that are not kept any more. */
    private static void removeOthers(Path from, Path to) throws IOException {
        Files.walkFileTree(to, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!Files.exists(from.resolve(to.relativize(file).toString()))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.sorted().toList());
        }
    }

    private static void delete(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }
}
