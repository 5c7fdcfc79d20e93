package io.sallyport.gateway.backup;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.retention.BlobRecords;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import io.sallyport.database.DatabaseException;
import io.sallyport.database.Snapshot;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a state directory of a backup, every byte of it checked, or nothing. */
public final class StateRestore {
    private final Path backup;
    private final StateDirectory state;
    private final Copy copy = new Copy();
    private long blobs;

    /** Of a backup into a state directory, which must not be there, or be empty. */
    public StateRestore(Path backup, StateDirectory state) {
        this.backup = backup;
        this.state = state;
    }

    /**
     * What was made.
     *
     * @param product the version of the program that made the backup
     * @param made when that was begun
     * @param files other than blobs
     * @param blobs how many
     */
    public record Made(String product, Instant made, int files, long blobs) {}

    /**
     * Makes it.
     *
     * @throws IOException when the backup is damaged or not whole, or the disk fails; nothing is left of the state directory
     */
    public Made make() throws IOException {
        Inventory inventory = Inventory.read(backup);
        if (Files.exists(state.root()) && !isEmpty(state.root())) {
            throw new IOException(state.root() + " is not empty");
        }
        requireNamed(inventory);
        Path part = state.root().resolveSibling(state.root().getFileName() + ".restoring");
        delete(part);
        try {
            fill(inventory, part);
            Files.deleteIfExists(state.root());
            Files.move(part, state.root());
        } finally {
            delete(part);
        }
        return new Made(inventory.product(), inventory.made(), inventory.files().size(), blobs);
    }

    private void fill(Inventory inventory, Path part) throws IOException {
        Copy.folder(part);
        for (Map.Entry<String, String> file : inventory.files().entrySet()) {
            Path to = part.resolve(file.getKey()).normalize();
            if (!to.startsWith(part)) {
                throw new IOException(Inventory.FILE + " names a file outside of the backup: " + file.getKey());
            }
            require(file.getValue(), backup.resolve(file.getKey()), to);
        }
        Path from = backup.resolve("blobs").resolve("sha256");
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path to = part.resolve("blobs")
                        .resolve("sha256")
                        .resolve(from.relativize(file).toString());
                require(file.getFileName().toString(), file, to);
                blobs++;
                return FileVisitResult.CONTINUE;
            }
        });
        StateDirectory made = new StateDirectory(part);
        Snapshot.check(made.keysDatabase());
        Snapshot.check(made.buildsDatabase());
        requireBlobs(made, inventory);
    }

    /** A file that is not in the inventory has lost its line there, or is not of the backup. Blobs name themselves. */
    private void requireNamed(Inventory inventory) throws IOException {
        Path blobsFolder = backup.resolve("blobs");
        Files.walkFileTree(backup, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                return at.equals(blobsFolder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = backup.relativize(file).toString();
                if (!name.equals(Inventory.FILE) && !inventory.files().containsKey(name)) {
                    throw new IOException(Inventory.FILE + " does not name " + file
                            + ": if that is not of the backup, move it away, else take another backup");
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void require(String digest, Path from, Path to) throws IOException {
        if (!copy.file(from, to).equals(digest)) {
            throw new IOException(from + " is damaged: its SHA-256 is not " + digest);
        }
    }

    private static void requireBlobs(StateDirectory made, Inventory inventory) throws IOException {
        try (Database database = Database.open(made.buildsDatabase(), Schema.MIGRATIONS)) {
            BlobRecords records = new BlobRecords(database);
            Path folder = made.root().resolve("blobs").resolve("sha256");
            Optional<Blob> first = records.next(Optional.empty());
            if (first.isPresent() && inventory.files().keySet().stream().noneMatch(name -> name.startsWith("audit/"))) {
                throw new IOException("the backup lacks the audit log, which a gateway has that has had builds");
            }
            for (Optional<Blob> blob = first; blob.isPresent(); blob = records.next(blob.map(Blob::digest))) {
                String hex = blob.get().digest().hex();
                if (!Files.isRegularFile(folder.resolve(hex.substring(0, 2)).resolve(hex))) {
                    throw new IOException(
                            "the backup lacks the blob " + blob.get().digest() + ", which a build needs");
                }
            }
        } catch (DatabaseException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        }
    }

    private static void delete(Path top) throws IOException {
        if (Files.exists(top)) {
            try (Stream<Path> all = Files.walk(top)) {
                for (Path path :
                        all.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
