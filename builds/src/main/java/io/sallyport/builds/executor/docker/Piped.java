package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;

/** Bytes that are made while they are read, by a thread of their own. */
final class Piped {
    private static final int BUFFER = 128 << 10;

    private Piped() {}

    /** Makes the bytes. */
    interface Maker {
        void write(OutputStream out) throws IOException;
    }

    /** Takes the bytes. */
    interface Taker {
        void read(InputStream in) throws IOException, InterruptedException;
    }

    /**
     * Runs both, side by side.
     *
     * @throws IOException of the maker, or else of the taker
     */
    static void run(Maker maker, Taker taker) throws IOException, InterruptedException {
        CompletableFuture<Void> made = new CompletableFuture<>();
        try (PipedInputStream in = new PipedInputStream(BUFFER)) {
            PipedOutputStream out = new PipedOutputStream(in);
            Thread.ofVirtual().name("piped").start(() -> make(maker, out, made));
            try {
                taker.read(in);
            } catch (IOException e) {
                throw cause(made, e);
            }
            if (made.isCompletedExceptionally()) {
                throw cause(made, new IOException("nothing more came"));
            }
        }
    }

    /** What has failed is on record before the reader sees the end. */
    private static void make(Maker maker, PipedOutputStream out, CompletableFuture<Void> made) {
        try (out) {
            write(maker, out, made);
        } catch (IOException e) {
            made.completeExceptionally(e);
        }
    }

    private static void write(Maker maker, OutputStream out, CompletableFuture<Void> made) {
        try {
            maker.write(out);
            made.complete(null);
        } catch (IOException e) {
            made.completeExceptionally(e);
        } finally {
            made.completeExceptionally(new IllegalStateException("the maker has died"));
        }
    }

    /** The maker's failure where it has failed first; else the taker's. */
    private static IOException cause(CompletableFuture<Void> made, IOException otherwise) {
        return made.isCompletedExceptionally() && made.exceptionNow() instanceof IOException failure
                ? failure
                : otherwise;
    }
}
