package io.sallyport.builds.blob;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The bytes of a stored file. Every opening has a channel of its own, because an interrupt closes the channel of the
 * thread that it hits.
 */
record FileContent(Path file, long bytes) implements Content {
    @Override
    public OptionalLong size() {
        return OptionalLong.of(bytes);
    }

    @Override
    public ReadableByteChannel open(long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return channel.position(offset);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
