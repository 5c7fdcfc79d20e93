package io.sallyport.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Hands on what a channel says on standard error, and keeps the last 4 KiB of it. */
final class Overheard {
    private static final int KEPT = 4096;

    /** A connection that ssh shares (ControlPersist) or a jump host can hold the stream open after ssh has ended. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final InputStream from;
    private final OutputStream to;
    private final Thread thread;
    private byte[] last = new byte[0];

    private Overheard(InputStream from, OutputStream to) {
        this.from = from;
        this.to = to;
        this.thread = Thread.ofPlatform().daemon().name("errors").unstarted(this::relay);
    }

    /** Starts to listen, on a thread of its own. */
    static Overheard start(InputStream from, OutputStream to) {
        Overheard overheard = new Overheard(from, to);
        overheard.thread.start();
        return overheard;
    }

    /** The last words, after the channel's end. */
    String finish() throws InterruptedException {
        thread.join(GRACE);
        synchronized (this) {
            return new String(last, StandardCharsets.UTF_8);
        }
    }

    private void relay() {
        byte[] chunk = new byte[KEPT];
        try {
            for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
                keep(chunk, length);
                to.write(chunk, 0, length);
                to.flush();
            }
        } catch (IOException e) {
            // Nobody to tell, or nothing more to hear.
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        byte[] all = Arrays.copyOf(last, last.length + length);
        System.arraycopy(chunk, 0, all, last.length, length);
        last = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
    }
}
