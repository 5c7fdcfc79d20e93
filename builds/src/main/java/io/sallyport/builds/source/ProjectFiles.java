package io.sallyport.builds.source;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import java.util.Collection;
import java.util.Set;

/**
 * The records of which files one project has in the content store. Nobody learns of another project's, although equal
 * bytes are stored once. A file that is recorded is not collected. May be used from any thread.
 */
public interface ProjectFiles {
    /** Those of the digests that the project has. */
    Set<Digest> known(Collection<Digest> digests);

    /** Records files of the project; on disk when this returns. Those that are recorded already stay so. */
    void add(Collection<Blob> files);
}
