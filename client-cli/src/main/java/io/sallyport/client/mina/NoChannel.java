package io.sallyport.client.mina;

import io.sallyport.client.Channel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** A channel that never was, with the words for why. */
final class NoChannel implements Channel {
    private final String words;

    NoChannel(String words) {
        this.words = words;
    }

    @Override
    public OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(words);
            }
        };
    }

    @Override
    public InputStream output() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream errors() {
        return new ByteArrayInputStream((words + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public OptionalInt await() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        // There is nothing.
    }
}
