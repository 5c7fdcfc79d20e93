package io.sallyport.builds.executor.process;

/**
 * A command that sleeps for hours, for as long as no other process of this machine does: so the processes that one test's jobs
 * start can be counted while other tests run beside it.
 *
 * @param seconds its argument
 */
public record LongSleep(String seconds) {
    /** One that nobody else has. */
    public static LongSleep unique() {
        return new LongSleep("10" + ProcessHandle.current().pid() + "." + System.nanoTime());
    }

    /** The command. */
    @Override
    public String toString() {
        return "sleep " + seconds;
    }
}
