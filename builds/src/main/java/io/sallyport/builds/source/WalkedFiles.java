package io.sallyport.builds.source;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.spec.files.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files of a source that is here: each question walks over all of it. */
public final class WalkedFiles implements SourceFiles {
    private static final int PIECE = 64 << 10;

    private final Walks walks;

    WalkedFiles(Walks walks) {
        this.walks = walks;
    }

    /** Starts a walk over the source. */
    interface Walks {
        SourceWalk start() throws IOException;
    }

    /** What a walk does with a regular file. */
    private interface Visitor {
        void visit(String path, InputStream body) throws IOException;
    }

    /** The files of a stored source. */
    public static SourceFiles of(Source source, BlobStore blobs) {
        return new WalkedFiles(() -> SourceWalk.overStored(source, blobs));
    }

    @Override
    public boolean known() {
        return true;
    }

    @Override
    public SortedSet<String> paths() throws IOException {
        SortedSet<String> paths = new TreeSet<>();
        try (SourceWalk walk = walks.start()) {
            for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
                if (!(entry instanceof Entry.Folder)) {
                    paths.add(entry.path());
                }
            }
        }
        return paths;
    }

    @Override
    public Map<String, byte[]> contents(Set<String> paths, int most) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        visit(paths, (path, body) -> contents.put(path, body.readNBytes(most)));
        return contents;
    }

    @Override
    public Map<String, String> digests(Set<String> paths) throws IOException {
        Map<String, String> digests = new HashMap<>();
        visit(paths, (path, body) -> digests.put(path, sha256(body)));
        return digests;
    }

    private void visit(Set<String> paths, Visitor visitor) throws IOException {
        int left = paths.size();
        try (SourceWalk walk = walks.start()) {
            for (Entry entry = walk.next(); entry != null && left > 0; entry = walk.next()) {
                if (entry instanceof Entry.RegularFile file && paths.contains(file.path())) {
                    visitor.visit(file.path(), walk.body());
                    left--;
                }
            }
        }
    }

    private static String sha256(InputStream body) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        byte[] piece = new byte[PIECE];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            digest.update(piece, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
