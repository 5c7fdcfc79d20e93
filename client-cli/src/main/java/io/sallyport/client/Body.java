package io.sallyport.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The body of a request, written once, as it is sent. */
@FunctionalInterface
public interface Body {
    /**
     * Writes the whole body and leaves the stream open.
     *
     * @throws IOException of the stream, when the gateway takes no more; or a {@link ClientException} when the body itself
     *     cannot be had, which cuts the request off
     */
    void writeTo(OutputStream out) throws IOException;

    /** Whether it can be written again, and is the same then. */
    default boolean repeatable() {
        return false;
    }

    /** No body. */
    static Body none() {
        return out -> {};
    }

    /** The bytes. */
    static Body of(byte[] bytes) {
        return new Body() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }

            @Override
            public boolean repeatable() {
                return true;
            }
        };
    }

    /** All that the stream holds; it is not closed. */
    static Body of(InputStream bytes) {
        return bytes::transferTo;
    }
}
