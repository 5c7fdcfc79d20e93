package io.sallyport.builds.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/** The entries of a source as a tar, made while it is read. Closing the walk is the caller's. */
final class MadeTar extends InputStream {
    private final SourceWalk walk;
    private final Queue<InputStream> parts = new ArrayDeque<>();
    private boolean ended;

    MadeTar(SourceWalk walk) {
        this.walk = walk;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            InputStream part = parts.peek();
            if (part == null) {
                if (ended) {
                    return -1;
                }
                nextEntry();
                continue;
            }
            int count = part.read(target, offset, length);
            if (count >= 0) {
                return count;
            }
            parts.remove();
        }
    }

    private void nextEntry() throws IOException {
        Entry entry = walk.next();
        if (entry == null) {
            ended = true;
            parts.add(new ByteArrayInputStream(new byte[TarBlocks.END]));
            return;
        }
        parts.add(new ByteArrayInputStream(TarBlocks.headers(entry)));
        if (entry instanceof Entry.RegularFile) {
            parts.add(walk.body());
            parts.add(new ByteArrayInputStream(new byte[TarBlocks.padding(entry)]));
        }
    }
}
