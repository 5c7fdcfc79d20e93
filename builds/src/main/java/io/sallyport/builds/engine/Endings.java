package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Who waits for the end of which build. */
final class Endings {
    private final Map<Long, CountDownLatch> open = new ConcurrentHashMap<>();

    /** From now on the build has an end to wait for. */
    void expect(long build) {
        open.computeIfAbsent(build, id -> new CountDownLatch(1));
    }

    void ended(Build build) {
        release(build.id());
    }

    /** Nothing ends here any more: lets all go that wait. */
    void giveUp() {
        open.keySet().forEach(this::release);
    }

    /** Waits when the build is expected to end; returns at once when it is not. */
    void await(long build) throws InterruptedException {
        CountDownLatch waiting = open.get(build);
        if (waiting != null) {
            waiting.await();
        }
    }

    private void release(long build) {
        CountDownLatch waiting = open.remove(build);
        if (waiting != null) {
            waiting.countDown();
        }
    }
}
