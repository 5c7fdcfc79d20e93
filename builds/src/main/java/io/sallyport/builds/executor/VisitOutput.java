package io.sallyport.builds.executor;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes what a visit prints, as it is, from a thread for each stream. May block, and so hold up what prints. When it fails
 * the visit is ended.
 */
public interface VisitOutput {
    /** Bytes of standard output, or of the terminal; the buffer is consumed. */
    void out(ByteBuffer bytes) throws IOException;

    /** Bytes of standard error; none of a visit with a terminal. The buffer is consumed. */
    void err(ByteBuffer bytes) throws IOException;
}
