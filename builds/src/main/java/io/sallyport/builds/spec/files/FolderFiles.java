package io.sallyport.builds.spec.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files of a folder on this machine, as they would be in a source made of it. No link is followed, git's own are none. */
public final class FolderFiles implements SourceFiles {
    private static final int MOST = 200_000;
    private static final String GIT = ".git";

    private final Path folder;

    /** The files of that folder. */
    public FolderFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public boolean known() {
        return true;
    }

    @Override
    public SortedSet<String> paths() throws IOException {
        SortedSet<String> paths = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                boolean git = visited.endsWith(GIT) && !visited.equals(folder);
                return git ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (paths.size() >= MOST) {
                    throw new IOException(folder + " has more than " + MOST + " files");
                }
                paths.add(folder.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // what cannot be read is not there
            }
        });
        return paths;
    }

    @Override
    public Map<String, byte[]> contents(Set<String> paths, int most) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (String path : paths) {
            if (isRegular(path)) {
                try (InputStream file = Files.newInputStream(folder.resolve(path), NOFOLLOW_LINKS)) {
                    contents.put(path, file.readNBytes(most));
                }
            }
        }
        return contents;
    }

    @Override
    public Map<String, String> digests(Set<String> paths) throws IOException {
        Map<String, String> digests = new HashMap<>();
        for (String path : paths) {
            if (isRegular(path)) {
                try (InputStream file = Files.newInputStream(folder.resolve(path), NOFOLLOW_LINKS)) {
                    digests.put(path, sha256(file));
                }
            }
        }
        return digests;
    }

    private boolean isRegular(String path) {
        Path file = folder.resolve(path).normalize();
        return file.startsWith(folder) && Files.isRegularFile(file, NOFOLLOW_LINKS);
    }

    private static String sha256(InputStream file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        byte[] piece = new byte[8192];
        for (int count = file.read(piece); count >= 0; count = file.read(piece)) {
            digest.update(piece, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
