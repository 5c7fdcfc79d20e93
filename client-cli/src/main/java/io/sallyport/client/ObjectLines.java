package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An answer of one JSON object on each line, of at most 1 MiB (docs/protocol.md). Used by one thread. */
abstract class ObjectLines extends OutputStream {
    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Takes one object. */
    protected abstract void object(JsonNode object) throws IOException;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /**
     * Takes bytes.
     *
     * @throws ClientException.Unintelligible when a line is longer, or no object
     */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                add(bytes, start, i);
                start = i + 1;
                handOn();
            }
        }
        add(bytes, start, offset + length);
    }

    private void add(byte[] bytes, int start, int end) throws ClientException {
        if (line.size() + end - start > LONGEST) {
            throw new ClientException.Unintelligible("a line of more than " + LONGEST + " bytes");
        }
        line.write(bytes, start, end - start);
    }

    private void handOn() throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length > 0) {
            object(Json.objectOn(bytes)
                    .orElseThrow(() -> new ClientException.Unintelligible("a line that is not a JSON object")));
        }
    }

    /**
     * The answer is complete.
     *
     * @throws ClientException.Unintelligible when it ends inside a line
     */
    void end() throws ClientException {
        if (line.size() > 0) {
            throw new ClientException.Unintelligible("it ends inside a line");
        }
    }
}
