package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a state directory. */
final class StateFiles {
    private StateFiles() {}

    /** All files and folders, by their paths. */
    static List<String> of(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(file -> home.relativize(file).toString()).sorted().toList();
        }
    }
}
