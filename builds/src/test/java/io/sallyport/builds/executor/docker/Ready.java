package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Containers that wait for their jobs, as tests see them. */
final class Ready {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private Ready() {}

    /** Something that is so or not. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until so many wait. */
    static void await(DockerExecutor executor, int count) throws Exception {
        until(count + " containers wait", () -> executor.ready().waiting() == count);
    }

    static void until(String what, Condition condition) throws Exception {
        long from = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - from > LONGEST) {
                fail("not within a minute: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Whether something on an engine is called as a container that waits. */
    static boolean isName(String name) {
        return name.matches(".*-ready-[0-9a-f]{12}");
    }
}
