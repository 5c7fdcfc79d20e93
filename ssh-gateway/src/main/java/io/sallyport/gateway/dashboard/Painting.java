package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.dashboard.screen.Depth;
import io.sallyport.gateway.dashboard.screen.Painter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Paints a desk on a terminal, on a thread of its own. A terminal that does not read stops this thread and nothing else: when it
 * goes on, it is shown how things stand then, and nothing of what was in between. Whatever ends it, the terminal is left as it was found.
 */
final class Painting {
    private static final Logger LOG = LoggerFactory.getLogger(Painting.class);

    /** Times on the screen have seconds. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Desk desk;
    private final PacketOutput out;
    private final Duration frame;
    private final Painter painter;

    Painting(Desk desk, PacketOutput out, Depth depth, Duration frame) {
        this.desk = desk;
        this.out = out;
        this.frame = frame;
        this.painter = new Painter(depth);
    }

    /** Paints until the desk is closed, or the peer is gone. */
    void run() {
        try {
            try {
                write(Painter.ENTER);
                paint();
            } finally {
                write(Painter.LEAVE);
            }
        } catch (IOException e) {
            LOG.debug("the terminal is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void paint() throws IOException, InterruptedException {
        for (Desk.Picture picture = desk.await(TICK); picture != null; picture = desk.await(TICK)) {
            if (picture.anew()) {
                painter.forget();
            }
            write(painter.paint(picture.frame()));
            desk.awaitClose(frame);
        }
    }

    private void write(String text) throws IOException {
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.put(bytes, 0, bytes.length);
            out.flush();
            out.rest();
        }
    }
}
