package io.sallyport.builds.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The files of a commit, one after the other, for a source that is made of them. For one thread. What it gives is
 * unchecked: paths and targets may be anything. Any {@link IOException} is a failure of the gateway's own disk; a tree
 * that contradicts itself is told as {@link DamagedTreeException}.
 */
public interface CommittedTree {
    /** The whole id of the commit. */
    String commit();

    /** When it was made. */
    Instant time();

    /** The next entry, a folder before what is in it; null after the last one. */
    @Nullable
    CommittedEntry next() throws IOException;

    /** The bytes of the file that {@link #next} returned last, as many as it says. */
    InputStream body() throws IOException;
}
