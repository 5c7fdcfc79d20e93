package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.dashboard.screen.Depth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A terminal with a desk on it, unless somebody else has the terminal for a while. Any thread. */
final class Display implements AutoCloseable {
    private static final Duration LAST_PICTURE = Duration.ofSeconds(2);

    private final Desk desk;
    private final PacketOutput out;
    private final Depth depth;
    private final Duration frame;
    private final String name;
    private @Nullable Thread painting; // guarded by this

    /** Nothing is shown yet; {@code name} is for thread dumps. */
    Display(Desk desk, PacketOutput out, Depth depth, Duration frame, String name) {
        this.desk = desk;
        this.out = out;
        this.depth = depth;
        this.frame = frame;
        this.name = name;
    }

    /** Shows the desk, all of it anew. */
    synchronized void show() {
        desk.expose();
        painting = Thread.ofVirtual().name("painting-" + name).start(new Painting(desk, out, depth, frame)::run);
    }

    /** Leaves the terminal as it was found. */
    void hide() {
        desk.cover();
        finish();
    }

    /** The same, for good. Repeated calls do nothing. */
    @Override
    public void close() {
        desk.close();
        finish();
    }

    /** Lets the last thing be painted. A terminal that does not read gets no more time than that. */
    private synchronized void finish() {
        Thread last = painting;
        if (last == null) {
            return;
        }
        try {
            if (!last.join(LAST_PICTURE)) {
                last.interrupt();
                last.join();
            }
        } catch (InterruptedException e) {
            last.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
