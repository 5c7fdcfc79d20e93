package io.sallyport.builds.retention;

import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.ManifestFiles;
import io.sallyport.builds.source.ProjectFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files of a project the manifests of its builds need. Keeps eight bytes of each digest: two that are alike in
 * these by chance mean a file too many, and never one too few. For one thread.
 */
final class NeededFiles implements ProjectFiles.Needed {
    private static final int HEX = 16;

    private final BlobRecords records;
    private final BlobStore blobs;
    private final long project;
    private final Set<Digest> read = new HashSet<>();
    private long[] needed = {};
    private long last;

    NeededFiles(BlobRecords records, BlobStore blobs, long project) {
        this.records = records;
        this.blobs = blobs;
        this.project = project;
    }

    @Override
    public Set<Digest> of(Collection<Digest> digests) throws IOException {
        for (List<BlobRecords.ManifestOf> page = records.manifests(project, last);
                !page.isEmpty();
                page = records.manifests(project, last)) {
            for (BlobRecords.ManifestOf build : page) {
                if (read.add(build.manifest())) {
                    add(ManifestFiles.of(build.manifest(), blobs));
                }
                last = build.build();
            }
        }
        Set<Digest> found = new HashSet<>();
        for (Digest digest : digests) {
            if (Arrays.binarySearch(needed, prefix(digest)) >= 0) {
                found.add(digest);
            }
        }
        return found;
    }

    private void add(List<Digest> digests) {
        long[] all = Arrays.copyOf(needed, needed.length + digests.size());
        for (int i = 0; i < digests.size(); i++) {
            all[needed.length + i] = prefix(digests.get(i));
        }
        needed = Arrays.stream(all).sorted().distinct().toArray();
    }

    private static long prefix(Digest digest) {
        return Long.parseUnsignedLong(digest.hex(), 0, HEX, HEX);
    }
}
