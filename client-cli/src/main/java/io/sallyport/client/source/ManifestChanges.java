package io.sallyport.client.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What has changed since a manifest that the gateway has a build of.
 *
 * @param base the SHA-256 of that manifest; empty when there is none
 * @param entries how many the new manifest has
 * @param lines those that are new, or other ones for their paths
 * @param removed paths that are gone
 */
record ManifestChanges(Optional<String> base, int entries, List<ListedTree.Line> lines, List<String> removed) {
    private static final String FIRST_LINE = "sallyport-changes 1\n";

    /** A gateway takes no more; then the manifest itself is sent. */
    private static final int LONGEST = 256 << 10;

    /** As the gateway reads it, see "Sources" in the documentation; empty when the manifest is to be sent. */
    Optional<byte[]> text() {
        if (base.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(FIRST_LINE);
        text.append("sha256:").append(base.get()).append('\t').append(entries).append('\n');
        for (ListedTree.Line line : lines) {
            line.writeTo(text);
            if (text.length() > LONGEST) {
                return Optional.empty();
            }
        }
        removed.forEach(path -> text.append("-\t").append(path).append('\n'));
        byte[] bytes = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length > LONGEST ? Optional.empty() : Optional.of(bytes);
    }
}
