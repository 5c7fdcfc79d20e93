package io.sallyport.builds.blob;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Which blobs are held, and by how many. Whether a blob is there, is held and may go is asked and changed under one lock
 * per share of all digests.
 */
final class Holds {
    private static final int SHARES = 256;
    private static final int HEX = 16;

    private final Map<Digest, Integer> held = new ConcurrentHashMap<>();
    private final Lock[] locks =
            IntStream.range(0, SHARES).mapToObj(share -> new ReentrantLock()).toArray(Lock[]::new);

    /** The lock of the digest's share. */
    Lock lock(Digest digest) {
        return locks[Integer.parseInt(digest.hex(), 0, 2, HEX)];
    }

    /** One more holds it; to be called under its lock. */
    void add(Digest digest) {
        held.merge(digest, 1, Integer::sum);
    }

    /** One holds it no more. */
    void remove(Digest digest) {
        held.computeIfPresent(digest, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Whether anybody holds it; to be asked under its lock. */
    boolean has(Digest digest) {
        return held.containsKey(digest);
    }
}
