package io.sallyport.builds.executor.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** All processes of one run, whatever they do to be lost. */
interface Family {
    /** Those of the script that live now. */
    List<HostProcess> members();

    /** Sends SIGKILL to all of them at once or, where that cannot be, to those that live now. */
    void kill();

    /** Whether the shell that was started lives. */
    boolean shellLives();

    /** Whether none lives. */
    boolean gone();

    /**
     * Kills until none lives.
     *
     * @return false when some still live after that time: they hang in the kernel, or are born faster than killed
     */
    default boolean end(Duration longest) {
        long begun = System.nanoTime();
        long pause = 50_000;
        while (!gone()) {
            if (System.nanoTime() - begun > longest.toNanos()) {
                return false;
            }
            kill();
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, 10_000_000);
        }
        return true;
    }
}
