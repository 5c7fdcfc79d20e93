package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Lines for one request, between the one thread that reads them all and the one that has asked. */
final class Inbox {
    private static final int MOST = 256;

    private final Queue<JsonNode> lines = new ArrayDeque<>();
    private boolean abandoned;
    private @Nullable ClientException cut;

    /** Adds one; waits while there are too many, unless nobody wants them or all is over. */
    synchronized void put(JsonNode line) throws InterruptedException {
        while (lines.size() >= MOST && !abandoned && cut == null) {
            wait();
        }
        if (!abandoned) {
            lines.add(line);
            notifyAll();
        }
    }

    /** No more will come. */
    synchronized void cut(ClientException why) {
        cut = why;
        notifyAll();
    }

    /** Nobody wants any more. */
    synchronized void abandon() {
        abandoned = true;
        lines.clear();
        notifyAll();
    }

    /** The next one; what has come before the connection was lost comes first. */
    synchronized JsonNode take() throws ClientException, InterruptedException {
        while (lines.isEmpty()) {
            if (cut != null) {
                throw cut;
            }
            wait();
        }
        notifyAll();
        return lines.remove();
    }
}
