package io.sallyport.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder that holds the whole project. */
public final class Repository {
    /** Found upward from here, where the tests are started. */
    public static final Path ROOT = find(Path.of("").toAbsolutePath());

    private Repository() {}

    /** The folders with a module of Maven's in them. */
    static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .toList();
        }
    }

    private static Path find(Path folder) {
        Path parent = folder.getParent();
        if (Files.exists(folder.resolve("sallyport"))) {
            return folder;
        }
        if (parent == null) {
            throw new IllegalStateException("not within the repository");
        }
        return find(parent);
    }
}
