package io.sallyport.builds.source;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files of a project that is gone with the test. */
final class RememberedFiles implements ProjectFiles {
    private final Set<Digest> all = ConcurrentHashMap.newKeySet();
    private final Set<Digest> sources = ConcurrentHashMap.newKeySet();

    @Override
    public Set<Digest> known(Collection<Digest> digests) {
        Set<Digest> known = new HashSet<>(digests);
        known.retainAll(all);
        return known;
    }

    @Override
    public boolean isSource(Digest manifest) {
        return sources.contains(manifest);
    }

    /** A build of the project is made of the manifest. */
    void built(Digest manifest) {
        sources.add(manifest);
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
        files.forEach(file -> all.add(file.digest()));
    }
}
