package io.sallyport.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Holds one JSON document in memory, up to 16 MiB. */
final class BoundedBuffer extends OutputStream {
    private static final int LIMIT = 16 * 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] chunk, int offset, int length) throws IOException {
        if (bytes.size() + length > LIMIT) {
            throw new ClientException.Unintelligible("more than " + LIMIT + " bytes where a document was expected");
        }
        bytes.write(chunk, offset, length);
    }

    /** All that was written, as UTF-8. */
    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
