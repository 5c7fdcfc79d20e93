package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Something that a (virtual) thread of its own makes, while whoever wants it does something else. */
final class Meanwhile<T> implements AutoCloseable {
    private final CompletableFuture<T> made = new CompletableFuture<>();
    private final Thread thread;

    private Meanwhile(String name, Maker<T> maker) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> make(maker));
    }

    /** Makes it. */
    interface Maker<T> {
        T make() throws IOException, InterruptedException;
    }

    /** Begins with it. */
    static <T> Meanwhile<T> start(String name, Maker<T> maker) {
        Meanwhile<T> started = new Meanwhile<>(name, maker);
        started.thread.start();
        return started;
    }

    private void make(Maker<T> maker) {
        try {
            made.complete(maker.make());
        } catch (IOException | InterruptedException | RuntimeException e) {
            made.completeExceptionally(e);
        } finally {
            made.completeExceptionally(new IllegalStateException("the maker has died"));
        }
    }

    /**
     * Waits for it.
     *
     * @throws IOException of the maker
     * @throws InterruptedException of the maker, too
     */
    T await() throws IOException, InterruptedException {
        try {
            return made.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Interrupts what is not made yet, and waits until nothing more is done for it. */
    @Override
    public void close() {
        thread.interrupt();
        made.handle((result, problem) -> true).join();
    }
}
