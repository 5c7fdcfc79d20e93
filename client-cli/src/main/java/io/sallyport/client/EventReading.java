package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Consumer;

/** Events, read on behind the last one whenever the connection is lost. */
final class EventReading implements Reconnection.Attempt {
    private final Exchange exchange;
    private final Request request;
    private final Consumer<JsonNode> consumer;
    private String cursor;
    private long count;

    /**
     * Events of a request.
     *
     * @param after the cursor to start behind; empty for all that is kept
     */
    EventReading(Exchange exchange, Request request, String after, Consumer<JsonNode> consumer) {
        this.exchange = exchange;
        this.request = request;
        this.cursor = after;
        this.consumer = consumer;
    }

    @Override
    public Ending run() throws IOException, InterruptedException {
        ObjectLines lines = new ObjectLines() {
            @Override
            protected void object(JsonNode object) throws IOException {
                if (object.has("cursor")) {
                    take(object);
                }
            }
        };
        Request behind = cursor.isEmpty() ? request : request.with("after", cursor);
        Ending ending = exchange.run(behind, Body.none(), lines);
        // Half a line is what is left of a lost connection; it comes again.
        if (ending instanceof Ending.Answered answered && answered.status() == 0) {
            lines.end();
        }
        return ending;
    }

    private void take(JsonNode event) throws IOException {
        count++;
        cursor = event.path("cursor").asText();
        try {
            consumer.accept(event);
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause(), "it always has one");
        }
    }

    @Override
    public long position() {
        return count;
    }

    @Override
    public String resumeHint() {
        return cursor.isEmpty() ? "ask again" : "go on with 'sally events -f --after " + cursor + "'";
    }
}
