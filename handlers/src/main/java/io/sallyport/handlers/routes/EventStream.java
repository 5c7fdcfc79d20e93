package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.event.Event;
import io.sallyport.builds.event.EventReader;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.StreamProblem;
import org.jspecify.annotations.Nullable;

/** Up to a number of events as JSON, each made when it is asked for. */
final class EventStream implements Response.RecordStream {
    private static final Problem OVERTAKEN = Problem.of(
            410,
            "events-removed",
            "Events are gone",
            "events were removed before you came to them; begin anew without 'after'");

    private final EventReader reader;
    private final Form form;
    private long left;

    /** What an event looks like. */
    @FunctionalInterface
    interface Form {
        JsonNode of(Event event, long number);
    }

    EventStream(EventReader reader, Form form, long limit) {
        this.reader = reader;
        this.form = form;
        this.left = limit;
    }

    /** The same stream, counted among the followers while it is open. */
    Response.RecordStream among(Followers followers) {
        followers.enter();
        return new Response.RecordStream() {
            @Override
            public @Nullable JsonNode next() throws StreamProblem, InterruptedException {
                return EventStream.this.next();
            }

            @Override
            public void close() {
                followers.leave();
            }
        };
    }

    @Override
    public @Nullable JsonNode next() throws StreamProblem, InterruptedException {
        if (left == 0) {
            return null;
        }
        return switch (reader.next()) {
            case EventReader.Next.Found found -> {
                left--;
                yield form.of(found.event(), found.number());
            }
            case EventReader.Next.End end -> null;
            case EventReader.Next.Removed removed -> throw new StreamProblem(OVERTAKEN);
        };
    }

    @Override
    public void close() {}

    /** The exit status of who has read what there is. */
    int read() {
        return ExitStatus.OK;
    }

    /** That of who was to go on: without a limit only the end of the gateway ends it. */
    int followed() {
        return left == 0 ? ExitStatus.OK : ExitStatus.of(503);
    }
}
