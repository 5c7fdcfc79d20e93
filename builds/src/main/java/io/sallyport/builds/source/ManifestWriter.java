package io.sallyport.builds.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a manifest, in pieces. For one thread. */
final class ManifestWriter {
    private static final int PIECE = 64 << 10;

    private final Sink out;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
    private long entries;

    /** Where the pieces go. */
    interface Sink {
        void write(ByteBuffer piece) throws IOException;
    }

    /** Begins one. */
    ManifestWriter(Sink out) {
        this.out = out;
        piece.writeBytes(ManifestReader.FIRST_LINE.getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds an entry: its line, without the end of that. */
    void add(String line) throws IOException {
        entries++;
        piece.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        piece.write('\n');
        if (piece.size() >= PIECE) {
            flush();
        }
    }

    /** How many there are so far. */
    long entries() {
        return entries;
    }

    /** Ends it, and hands on the rest. */
    void end() throws IOException {
        piece.write('\n');
        flush();
    }

    private void flush() throws IOException {
        out.write(ByteBuffer.wrap(piece.toByteArray()));
        piece.reset();
    }
}
