package io.sallyport.builds;

/** A thread of somebody who ends it, and who is not gone before it is. Any thread may call. */
public final class OwnThread implements AutoCloseable {
    private final Thread thread;

    /** One that has not begun yet. */
    public OwnThread(Thread unstarted) {
        this.thread = unstarted;
    }

    /** Lets it begin; once. */
    public void start() {
        thread.start();
    }

    /** Interrupts it, and waits until it has ended. Repeated calls do nothing. */
    @Override
    public void close() {
        thread.interrupt();
        awaitEnd();
    }

    /** Waits until it has ended, also while the caller is interrupted, who stays so. */
    public void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
