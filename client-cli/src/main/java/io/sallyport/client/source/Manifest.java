package io.sallyport.client.source;

import io.sallyport.client.Body;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A source by the digests of its files: what a gateway needs to know to take the files from what it has already.
 *
 * @param text as the gateway reads it, see "Sources" in the documentation
 * @param digest its SHA-256, 64 hexadecimal digits
 * @param files one for each content, by the SHA-256 of that
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, sent as it is.
record Manifest(byte[] text, String digest, Map<String, TreeEntry.RegularFile> files) {
    private static final String FIRST_LINE = "sallyport-manifest 1\n";

    /** The manifest of these entries. */
    static Manifest of(List<TreeEntry> entries, Map<String, String> digests) {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        Map<String, TreeEntry.RegularFile> files = new HashMap<>();
        for (TreeEntry entry : entries) {
            text.append(mode(entry)).append('\t');
            text.append(Math.max(0, entry.modified().to(TimeUnit.SECONDS))).append('\t');
            switch (entry) {
                case TreeEntry.Folder folder -> {}
                case TreeEntry.Link link -> text.append(link.target()).append('\t');
                case TreeEntry.RegularFile file -> {
                    String digest = digests.getOrDefault(file.path(), "");
                    text.append(file.size()).append('\t').append(digest).append('\t');
                    files.putIfAbsent(digest, file);
                }
            }
            text.append(entry.path()).append('\n');
        }
        byte[] bytes = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        return new Manifest(bytes, HexFormat.of().formatHex(FileDigests.sha256().digest(bytes)), files);
    }

    private static String mode(TreeEntry entry) {
        return switch (entry) {
            case TreeEntry.Folder folder -> "040000";
            case TreeEntry.Link link -> "120000";
            case TreeEntry.RegularFile file -> file.executable() ? "100755" : "100644";
        };
    }

    /** Its name, as the body of a submission whose manifest the gateway keeps. */
    Body name() {
        return Body.of(("{\"manifest\":\"sha256:" + digest + "\"}\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The sum of the sizes of files, by the digests of their contents. */
    long bytes(Collection<String> digests) {
        return digests.stream()
                .map(files::get)
                .mapToLong(file -> file == null ? 0 : file.size())
                .sum();
    }

    /** How many bytes the manifest has. */
    int length() {
        return text.length;
    }
}
