package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The names of the files of one log. */
record LogFiles(Path folder, long build) {
    /** The bytes. */
    Path data() {
        return folder.resolve(build + ".log");
    }

    /** Which bytes are whose: {@link IndexFile}. */
    Path index() {
        return folder.resolve(build + ".idx");
    }

    /** The names of jobs: {@link JobNames}. */
    Path jobs() {
        return folder.resolve(build + ".jobs");
    }

    /** The newest of what did not fit: {@link Tail}. */
    Path tail() {
        return folder.resolve(build + ".tail");
    }

    /** What came before {@link #tail}. */
    Path olderTail() {
        return folder.resolve(build + ".tail.old");
    }

    /** Removes them all; the bytes first, because they tell whether there is a log. */
    void delete() throws IOException {
        for (Path file : all()) {
            Files.deleteIfExists(file);
        }
    }

    /** The sum of their sizes. */
    long bytes() throws IOException {
        long sum = 0;
        for (Path file : all()) {
            sum += bytes(file);
        }
        return sum;
    }

    private static long bytes(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private List<Path> all() {
        return List.of(data(), index(), jobs(), tail(), olderTail());
    }
}
