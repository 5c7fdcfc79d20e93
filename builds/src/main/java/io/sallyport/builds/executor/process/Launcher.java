package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that starts processes, for as long as the executor lives. The kernel ends a sandbox when the
 * <em>thread</em> that started it ends (PR_SET_PDEATHSIG(2const)), so it must be neither a virtual one nor one of a pool
 * that shrinks.
 */
final class Launcher implements AutoCloseable {
    private final ExecutorService thread = Executors.newFixedThreadPool(
            1, Thread.ofPlatform().name("process-launcher").daemon().factory());

    /** Starts a process. Not ended by an interrupt, so that no process is started that nobody knows of. */
    Process launch(ProcessBuilder builder) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                started.complete(builder.start());
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw e;
        }
    }

    /** Ends the thread and with it every sandbox that still runs. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
