package io.sallyport.builds.spec;

import io.sallyport.builds.spec.files.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files of a source that are texts in memory. */
record FolderOfTexts(Map<String, String> texts) implements SourceFiles {
    static SourceFiles of(Map<String, String> texts) {
        return new FolderOfTexts(texts);
    }

    @Override
    public boolean known() {
        return true;
    }

    @Override
    public SortedSet<String> paths() {
        return new TreeSet<>(texts.keySet());
    }

    @Override
    public Map<String, byte[]> contents(Set<String> paths, int most) {
        Map<String, byte[]> contents = new HashMap<>();
        for (String path : paths) {
            if (texts.containsKey(path)) {
                byte[] bytes = bytes(path);
                contents.put(path, Arrays.copyOf(bytes, Math.min(most, bytes.length)));
            }
        }
        return contents;
    }

    @Override
    public Map<String, String> digests(Set<String> paths) {
        Map<String, String> digests = new HashMap<>();
        contents(paths, Integer.MAX_VALUE).forEach((path, bytes) -> digests.put(path, sha256(bytes)));
        return digests;
    }

    private byte[] bytes(String path) {
        return texts.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
