package io.sallyport.builds.source;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files of a project that is gone with the test. */
final class RememberedFiles implements ProjectFiles {
    private final Map<Digest, Long> all = new ConcurrentHashMap<>();
    private final Map<Digest, String> sources = new ConcurrentHashMap<>();

    @Override
    public Map<Digest, Long> known(Collection<Digest> digests) {
        Map<Digest, Long> known = new HashMap<>(all);
        known.keySet().retainAll(digests);
        return known;
    }

    @Override
    public boolean isSource(Digest manifest, Optional<String> by) {
        String submitter = sources.get(manifest);
        return submitter != null && by.map(submitter::equals).orElse(true);
    }

    /** A build of the project that {@code by} has submitted is made of the manifest. */
    void built(Digest manifest, String by) {
        sources.put(manifest, by);
    }

    @Override
    public Use use() {
        return Use.NONE;
    }

    @Override
    public int forget(Instant before, Needed needed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void add(Collection<Blob> files) {
        files.forEach(file -> all.put(file.digest(), file.bytes()));
    }
}
