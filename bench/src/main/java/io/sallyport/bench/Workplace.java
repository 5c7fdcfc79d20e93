package io.sallyport.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The folder with all that a run makes, removed at its end. */
final class Workplace implements AutoCloseable {
    private final Path folder;

    private Workplace(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder, and in it a key to log in with and one for sshd. */
    static Workplace make(Path parent) throws IOException, InterruptedException {
        Workplace place = new Workplace(Files.createTempDirectory(parent, "sallyport-bench."));
        for (String key : List.of("user_key", "sshd_key")) {
            Programs.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", place.text(key)));
        }
        return place;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String text(String name) {
        return file(name).toString();
    }

    /** The kind of the file system, such as ext4. */
    String fileSystem() throws IOException {
        return Files.getFileStore(folder).type();
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
