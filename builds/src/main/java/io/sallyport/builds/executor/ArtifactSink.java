package io.sallyport.builds.executor;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** Takes a job's artifacts, one after the other. */
@FunctionalInterface
public interface ArtifactSink {
    /**
     * Takes one file.
     *
     * @param path relative to the workspace, with {@code /} between names
     * @param executable whether its owner may execute it
     * @param bytes its content, read to the end before the call returns
     * @throws IOException when it cannot be stored, also because a limit is reached
     */
    void accept(String path, boolean executable, ReadableByteChannel bytes) throws IOException;
}
