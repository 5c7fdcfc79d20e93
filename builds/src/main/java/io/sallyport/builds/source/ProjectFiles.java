package io.sallyport.builds.source;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records of which files one project has in the content store. Nobody learns of another project's, although equal
 * bytes are stored once. A file that is recorded is not collected. May be used from any thread.
 */
public interface ProjectFiles {
    /** Those of the digests that the project has, each with how many bytes that content is. */
    Map<Digest, Long> known(Collection<Digest> digests);

    /**
     * Whether a build of the project has this manifest as its source. Then the project has all of its files, as long as a
     * use of them is held that began before the question.
     *
     * @param by who must have submitted that build; empty for anybody
     */
    boolean isSource(Digest manifest, Optional<String> by);

    /** Records files of the project; on disk when this returns. Those that are recorded already stay so. */
    void add(Collection<Blob> files);

    /** Keeps all files from being forgotten until what needs them is recorded, and this is closed. Not to be held for long. */
    Use use();

    /**
     * Forgets files that nothing needs.
     *
     * @param before only those that were added before
     * @param needed asked of each, and once more of those that it does not need while nobody uses files
     * @return how many
     */
    int forget(Instant before, Needed needed) throws IOException;

    /** Knows which files are needed by what is recorded. */
    interface Needed {
        /** Those of the digests that are needed now. */
        Set<Digest> of(Collection<Digest> digests) throws IOException;
    }

    /** A use of files; repeated closing does nothing. */
    interface Use extends AutoCloseable {
        /** Of nothing. */
        Use NONE = () -> {};

        @Override
        void close();
    }
}
