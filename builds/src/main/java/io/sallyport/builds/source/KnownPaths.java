package io.sallyport.builds.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is at the paths of a source so far. It keeps 128 bits of each path's SHA-256 instead of the path: a source of
 * long names takes no more memory than one of short names (about 90 bytes for each).
 */
final class KnownPaths {
    /** What a path is. */
    enum Shape {
        FOLDER,
        FILE,
        LINK
    }

    private record Key(long high, long low) {}

    private final Map<Key, Shape> shapes = new HashMap<>();
    private final MessageDigest sha256 = sha256();

    /** What is at the path; null when nothing is. */
    @Nullable
    Shape shape(String path) {
        return shapes.get(key(path));
    }

    void add(String path, Shape shape) {
        shapes.put(key(path), shape);
    }

    /** The same unless there is something; whether there was not. */
    boolean addNew(String path, Shape shape) {
        return shapes.putIfAbsent(key(path), shape) == null;
    }

    int count() {
        return shapes.size();
    }

    private Key key(String path) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest(path.getBytes(StandardCharsets.UTF_8)));
        return new Key(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
