package io.sallyport.builds.executor;

import java.io.IOException;

/**
 * Somebody in a job, beside its commands: see {@link Run#enter}. All methods may be called from any thread, but input is
 * given by one at a time.
 */
public interface Visit extends AutoCloseable {
    /**
     * Gives it input. Blocks while nothing of it reads, until it has ended.
     *
     * @throws IOException when it has ended
     */
    void give(byte[] bytes, int offset, int length) throws IOException;

    /** There is no more input. Repeated calls do nothing. */
    void endInput();

    /** Its terminal has that size now; does nothing when it has none. Returns at once. */
    void resize(Entry.Terminal size);

    /**
     * Waits until it has ended, all its processes are gone and all its output has been given over. Asked again, the
     * answer is the same.
     *
     * @return its code; {@link Exit.Stopped} when it was closed, or the job's commands have ended
     * @throws IOException when the end cannot be learned
     * @throws InterruptedException when the thread is interrupted; it goes on
     */
    Exit await() throws IOException, InterruptedException;

    /** Ends all of its processes, politely at first, by force within seconds. Repeated calls do nothing. Waits for nothing. */
    @Override
    void close();
}
