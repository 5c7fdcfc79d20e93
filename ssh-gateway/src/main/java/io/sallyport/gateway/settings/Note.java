package io.sallyport.gateway.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A small text file by which programs on this machine tell each other something: written in one step, readable by its
 * owner only.
 *
 * @param file where it is
 * @param longest that is read, in bytes
 */
public record Note(Path file, int longest) {
    /** Writes it, in place of the one before. */
    public void write(String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(half, text.getBytes(StandardCharsets.UTF_8));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * What it says; empty when it is not there.
     *
     * @throws IOException when it is longer than it may be, or cannot be read
     */
    public Optional<String> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > longest) {
                throw new IOException(file + " is too large");
            }
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes it if it is there. */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
