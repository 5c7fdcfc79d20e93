package io.sallyport.builds.executor.workspace;

import io.sallyport.builds.executor.ArtifactPatterns.Position;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;

/** Something of a workspace that patterns name. Good while a {@link WorkspaceVisitor} is shown it. */
public interface Found {
    /** Relative to the workspace. */
    String path();

    /** Where the patterns are there. */
    Position position();

    /** The lower nine bits of its mode. */
    int permissions();

    /** When it was changed last. */
    Instant modified();

    /**
     * The bytes of a file.
     *
     * @throws java.nio.file.FileSystemException when it cannot be opened
     */
    Bytes open() throws IOException;

    /** What a link says, with U+FFFD for what is not UTF-8. */
    String target() throws IOException;

    /**
     * The bytes of a file, and how many they are.
     *
     * @param size of what was opened, so that nothing that is swapped meanwhile can change it
     * @param channel to be closed
     */
    record Bytes(long size, ReadableByteChannel channel) implements Closeable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
