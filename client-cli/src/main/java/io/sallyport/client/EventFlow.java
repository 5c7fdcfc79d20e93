package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;

/** Events for subscribers, read anew for each of them. */
final class EventFlow implements Flow.Publisher<JsonNode> {
    private final Reading reading;

    EventFlow(Reading reading) {
        this.reading = reading;
    }

    /** Reads to the end on the caller's thread. */
    interface Reading {
        /** The exit status. */
        int run(Consumer<JsonNode> consumer) throws IOException, InterruptedException;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super JsonNode> subscriber) {
        SubmissionPublisher<JsonNode> publisher =
                new SubmissionPublisher<>(Executors.newVirtualThreadPerTaskExecutor(), Flow.defaultBufferSize());
        publisher.subscribe(subscriber);
        Thread.startVirtualThread(() -> read(publisher));
    }

    private void read(SubmissionPublisher<JsonNode> publisher) {
        try (publisher) {
            int status = reading.run(event -> {
                if (!publisher.hasSubscribers()) {
                    throw new CancellationException();
                }
                publisher.submit(event);
            });
            if (status != 0) {
                publisher.closeExceptionally(new ClientException.Refused(status, ""));
            }
        } catch (CancellationException wanted) {
            // The subscriber has had enough.
        } catch (IOException e) {
            publisher.closeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            publisher.closeExceptionally(e);
        }
    }
}
