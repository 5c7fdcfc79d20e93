package io.sallyport.client.source;

import io.sallyport.client.Body;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A source by the digests of its files: what a gateway needs to know to take the files from what it has already.
 *
 * @param text as the gateway reads it, see "Sources" in the documentation
 * @param files one for each content, by the SHA-256 of that
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, sent as it is.
record Manifest(byte[] text, Map<String, TreeEntry.RegularFile> files) {
    private static final String FIRST_LINE = "sallyport-manifest 1\n";

    /** The manifest of these entries. */
    static Manifest of(ListedTree tree) {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        Map<String, TreeEntry.RegularFile> files = new HashMap<>();
        for (int i = 0; i < tree.size(); i++) {
            ListedTree.Line line = tree.line(i);
            line.writeTo(text);
            if (line.entry() instanceof TreeEntry.RegularFile file) {
                files.putIfAbsent(line.content().hex(), file);
            }
        }
        return new Manifest(text.append('\n').toString().getBytes(StandardCharsets.UTF_8), files);
    }

    /** Its name, as the body of a submission whose manifest the gateway keeps. */
    Body name() {
        String digest = HexFormat.of().formatHex(Sha256.maker().digest(text));
        return Body.of(("{\"manifest\":\"sha256:" + digest + "\"}\n").getBytes(StandardCharsets.UTF_8));
    }
}
