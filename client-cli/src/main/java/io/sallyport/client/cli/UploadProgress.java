package io.sallyport.client.cli;

import io.sallyport.client.source.TreeSource;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Tells how far an upload has come: on a terminal in one line that changes, with rate and time left; elsewhere in a line
 * when it begins to be long, and one every ten seconds.
 */
final class UploadProgress implements TreeSource.Sending {
    private static final long NANOS = 1_000_000_000L;
    private static final long ON_TERMINAL = NANOS / 10;
    private static final long ELSEWHERE = 10 * NANOS;
    private static final int WIDTH = 70;
    private static final double MEGA = 1e6;

    private final Console console;
    private final boolean terminal;
    private final boolean compressed;
    private long bytes;
    private int files;
    private long began;
    private long told;
    private boolean shown;

    UploadProgress(Console console, boolean terminal, boolean compressed) {
        this.console = console;
        this.terminal = terminal;
        this.compressed = compressed;
    }

    @Override
    public synchronized void begin(long total, int count, int manifest) {
        bytes = total;
        files = count;
        began = System.nanoTime();
        told = began;
    }

    @Override
    public synchronized void sent(long sent) {
        long now = System.nanoTime();
        boolean ended = sent >= bytes;
        if (ended ? shown : now - told >= (terminal ? ON_TERMINAL : ELSEWHERE)) {
            told = now;
            shown = true;
            String line = line(sent, (now - began) / (double) NANOS);
            if (terminal) {
                console.status(String.format(Locale.ROOT, "%-" + WIDTH + "s", line), ended);
            } else {
                console.say(line);
            }
        }
    }

    private String line(long sent, double seconds) {
        double rate = sent / seconds;
        String left = sent >= bytes ? "" : String.format(Locale.ROOT, ", %.0f s left", (bytes - sent) / rate);
        return String.format(
                Locale.ROOT,
                "sent %.1f of %.1f MB in %d files (%d %%), %.1f MB/s%s",
                sent / MEGA,
                bytes / MEGA,
                files,
                sent * 100 / Math.max(1, bytes),
                rate / MEGA,
                left);
    }

    @Override
    public boolean compressed() {
        return compressed;
    }

    @Override
    public Consumer<String> notices() {
        return console::say;
    }
}
