package io.sallyport.client.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedSet;
import java.util.TreeSet;

/** A folder that is no checkout: all of it, folders too, but no {@code .git}, which is history and not source. */
final class Folder {
    private final Path folder;

    Folder(Path folder) {
        this.folder = folder;
    }

    /** Paths below the folder. */
    SortedSet<String> paths() throws IOException {
        SortedSet<String> paths = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) throws IOException {
                if (at.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!at.equals(folder)) {
                    paths.add(FileName.of(folder.relativize(at)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.endsWith(".git")) {
                    paths.add(FileName.of(folder.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return paths;
    }
}
