package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.Refusal.NotFetched.Why;
import java.io.IOException;
import java.io.InputStream;

/** The pack among what a server says beside it: band 1 of lines that each begin with the number of their band. */
final class SideBand extends InputStream {
    private final PktLines lines;
    private byte[] line = new byte[0];
    private int from;
    private boolean ended;

    SideBand(PktLines lines) {
        this.lines = lines;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? line[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, line.length - from);
        System.arraycopy(line, from, target, offset, count);
        from += count;
        return count;
    }

    private boolean hasMore() throws IOException {
        while (from >= line.length && !ended) {
            PktLines.Packet packet = lines.expected();
            if (packet.mark() != null) {
                ended = true;
            } else if (packet.bytes().length > 0) {
                take(packet.bytes());
            }
        }
        return from < line.length;
    }

    private void take(byte[] bytes) throws GitFailure {
        switch (bytes[0]) {
            case 1 -> {
                line = bytes;
                from = 1;
            }
            case 2 -> {
                // Progress of the server, for people who wait at a terminal of their own.
            }
            case 3 -> throw GitFailure.of(Why.FAILED, Words.of(new String(bytes, 1, bytes.length - 1, UTF_8)));
            default -> throw GitFailure.malformed("a line of an unknown band");
        }
    }
}
