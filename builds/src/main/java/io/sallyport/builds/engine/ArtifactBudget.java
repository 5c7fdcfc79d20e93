package io.sallyport.builds.engine;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that the jobs of a build may keep together. May be used by any thread. */
final class ArtifactBudget {
    private final long limit;
    private final AtomicLong left;

    /** All of the limit but what is kept already. */
    ArtifactBudget(long limit, long kept) {
        this.limit = limit;
        this.left = new AtomicLong(limit - kept);
    }

    long limit() {
        return limit;
    }

    /** Takes so much; false when there is not so much left. */
    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    /** What was taken is not kept after all. */
    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
