package io.sallyport.e2e.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** What comes out of a stream, collected while it comes, so that nobody has to wait for its end to see its beginning. */
final class Capture {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    Capture(InputStream stream) {
        Thread.ofVirtual().start(() -> read(stream));
    }

    /** All that has come so far. */
    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The same as text. */
    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Waits until the text is among what has come; the answer is all of that. Fails when the stream ends without. */
    String await(String text) throws InterruptedException {
        return await("'" + text + "'", all -> all.contains(text));
    }

    /** Waits until so many whole lines have come. */
    String awaitLines(int count) throws InterruptedException {
        return await(count + " lines", all -> all.chars().filter(c -> c == '\n').count() >= count);
    }

    /** Waits for the stream's end. */
    synchronized byte[] awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + Await.DEADLINE.toNanos();
        while (!ended && System.nanoTime() < end) {
            wait(100);
        }
        if (!ended) {
            throw new AssertionError("no end of the stream after: " + text());
        }
        return bytes();
    }

    private synchronized String await(String what, Predicate<String> wanted) throws InterruptedException {
        long end = System.nanoTime() + Await.DEADLINE.toNanos();
        while (!wanted.test(text())) {
            if (ended || System.nanoTime() > end) {
                throw new AssertionError(
                        (ended ? "the stream ended without " : "waited in vain for ") + what + ", but with: " + text());
            }
            wait(100);
        }
        return text();
    }

    private void read(InputStream stream) {
        byte[] chunk = new byte[64 * 1024];
        try (stream) {
            for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                synchronized (this) {
                    bytes.write(chunk, 0, length);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // The process was ended: what it said until then stays.
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }
}
