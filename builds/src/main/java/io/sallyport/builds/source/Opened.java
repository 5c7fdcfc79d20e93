package io.sallyport.builds.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things that were opened one on top of the other; closed the other way round, each also when another one fails. */
final class Opened implements Closeable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    /** Adds what was just opened, and gives it back. */
    <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    /** Closes all. Repeated calls do nothing. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (Exception e) {
                failure = e instanceof IOException known ? known : new IOException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
