package io.sallyport.builds;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/**
 * Bytes that can be read from any offset: a blob, a log, an archive made on the way. Nothing is open until
 * {@link #open} is called; each opened channel is independent and must be closed.
 */
public interface Content {
    /** Length in bytes, or empty when it is not known before the end is reached (a log that is followed). */
    OptionalLong size();

    /**
     * Opens the bytes from an offset on. The channel blocks its caller (a virtual thread) when it has to wait for
     * bytes, ends with -1, and may be closed from another thread, which ends a read under way with an exception.
     *
     * @param offset in bytes, from 0; at or beyond the end the channel is at its end at once
     * @throws IOException when the bytes cannot be read
     */
    ReadableByteChannel open(long offset) throws IOException;
}
