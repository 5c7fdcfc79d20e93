package io.sallyport.builds.source;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The contents that lines name, with the sizes that these lines say, to be compared with what is there. For one thread. */
final class StatedSizes {
    /** Each with the number of the first line that says so: of the same content there may be several, all but one wrong. */
    private final Map<Blob, Long> lines = new LinkedHashMap<>();

    /** Adds what a line says. */
    void add(Digest content, long size, long line) {
        lines.putIfAbsent(new Blob(content, size), line);
    }

    /** How many different ones there are. */
    int count() {
        return lines.size();
    }

    /** The contents, in the order of the lines. */
    Set<Digest> contents() {
        Set<Digest> contents = new LinkedHashSet<>();
        lines.keySet().forEach(stated -> contents.add(stated.digest()));
        return contents;
    }

    /**
     * What is said of the first line whose size is another than that of the content.
     *
     * @param known contents, with their sizes; of others nothing can be said
     */
    Optional<Unacceptable> wrong(Map<Digest, Long> known) {
        for (Map.Entry<Blob, Long> line : lines.entrySet()) {
            long stated = line.getKey().bytes();
            long is = known.getOrDefault(line.getKey().digest(), stated);
            if (is != stated) {
                return Optional.of(
                        ManifestLines.wrong(line.getValue(), "the size of its file is " + is + ", not " + stated));
            }
        }
        return Optional.empty();
    }
}
