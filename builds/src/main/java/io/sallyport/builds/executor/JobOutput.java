package io.sallyport.builds.executor;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes what a job prints. May be called by several threads at once; each call's bytes stay together. Blocks when the
 * log cannot take more at the moment.
 */
public interface JobOutput {
    /** Bytes of standard output, unchanged; the buffer is consumed. */
    void out(ByteBuffer bytes) throws IOException;

    /** Bytes of standard error, unchanged; the buffer is consumed. */
    void err(ByteBuffer bytes) throws IOException;

    /** A line of the gateway's own, without its end. */
    void system(String line) throws IOException;
}
