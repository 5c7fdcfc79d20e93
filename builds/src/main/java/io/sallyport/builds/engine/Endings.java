package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Who waits for the end of which build. */
final class Endings {
    private final Map<Long, CompletableFuture<Build>> open = new ConcurrentHashMap<>();

    /** From now on the build has an end to wait for. */
    void expect(long build) {
        open.computeIfAbsent(build, id -> new CompletableFuture<>());
    }

    void ended(Build build) {
        CompletableFuture<Build> waiting = open.remove(build.id());
        if (waiting != null) {
            waiting.complete(build);
        }
    }

    /** Waits when the build is expected to end; returns at once when it is not. */
    void await(long build) throws InterruptedException {
        CompletableFuture<Build> waiting = open.get(build);
        if (waiting != null) {
            try {
                waiting.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an ending never fails", e);
            }
        }
    }
}
