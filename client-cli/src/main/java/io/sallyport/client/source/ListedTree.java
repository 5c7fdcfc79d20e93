package io.sallyport.client.source;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a folder with the digests of its files.
 *
 * @param entries in the order of their paths
 * @param digests of the files among them; nothing for the others
 */
record ListedTree(List<TreeEntry> entries, List<@Nullable Sha256> digests) {
    /** How many entries there are. */
    int size() {
        return entries.size();
    }

    /** One entry, as a line of a manifest has it. */
    Line line(int index) {
        return new Line(entries.get(index), Optional.ofNullable(digests.get(index)));
    }

    /**
     * An entry with its digest, if it is a file.
     *
     * @param entry as it was found
     * @param digest of its content
     */
    record Line(TreeEntry entry, Optional<Sha256> digest) {
        private static final long NANOS = 1_000_000_000L;

        /** Whether a manifest has the same line for both. */
        boolean same(Line other) {
            return entry.mode().equals(other.entry.mode())
                    && seconds() == other.seconds()
                    && entry.size() == other.entry.size()
                    && entry.target().equals(other.entry.target())
                    && digest.equals(other.digest)
                    && entry.path().equals(other.entry.path());
        }

        /** Appends the line. */
        void writeTo(StringBuilder text) {
            text.append(entry.mode()).append('\t').append(seconds()).append('\t');
            if (digest.isPresent()) {
                text.append(entry.size()).append('\t').append(content().hex()).append('\t');
            } else if (!entry.target().isEmpty()) {
                text.append(entry.target()).append('\t');
            }
            text.append(entry.path()).append('\n');
        }

        /** The digest of a file. */
        Sha256 content() {
            return digest.orElseThrow();
        }

        private long seconds() {
            return Math.max(0, entry.modified() / NANOS);
        }
    }
}
