package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Many requests at a time over one channel, the {@code sallyport} subsystem (docs/protocol.md). Calls block their thread,
 * which may be a virtual one; many threads may use it at once, and each gets what it has asked for. A request is METHOD and PATH
 * with parameters; short forms are for exec channels. A connection that is lost is not made again: open another one, and ask on
 * from the last offset or cursor.
 */
public final class Subsystem implements AutoCloseable {
    private static final String NAME = "sallyport";

    /** The gateway takes so many of one channel, unless its operator has it otherwise. */
    private static final int IN_FLIGHT = 64;

    /** The gateway's own lines have at most 1 MiB, unless its operator has it otherwise. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final int BUFFER = 64 * 1024;

    private final Channel channel;
    private final Overheard overheard;
    private final OutputStream requests;
    private final Map<Long, Inbox> inboxes = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Semaphore places = new Semaphore(IN_FLIGHT, true);
    private volatile @Nullable ClientException end;

    private Subsystem(Channel channel) {
        this.channel = channel;
        this.overheard = Overheard.start(channel.errors(), OutputStream.nullOutputStream());
        this.requests = channel.input();
    }

    /** Opens one. Whether the gateway can be reached shows at the first request. */
    public static Subsystem open(Transport transport) throws IOException {
        Subsystem subsystem = new Subsystem(transport.openSubsystem(NAME));
        Thread.ofPlatform().daemon().name("subsystem").start(subsystem::read);
        return subsystem;
    }

    /**
     * The answer of a request that has one: a document, a list or a text; empty when there is nothing to say.
     *
     * @throws ClientException.Problem when the gateway answers so
     * @throws ClientException.Unreachable when there is no connection, or it is lost before the answer
     */
    public Optional<JsonNode> ask(Request request) throws IOException, InterruptedException {
        return ask(request, null);
    }

    /** The same with a body: a text, or a document that goes as JSON. */
    public Optional<JsonNode> ask(Request request, @Nullable JsonNode body) throws IOException, InterruptedException {
        try (Items items = start(request, body)) {
            return items.next();
        }
    }

    /**
     * Begins a stream, such as events or a log that is followed. A request with one answer is a stream of that. Who does not take its
     * items holds up all other requests of this subsystem, once some hundreds wait: give a slow reader one of its own.
     */
    public Items stream(Request request) throws IOException, InterruptedException {
        return start(request, null);
    }

    private Items start(Request request, @Nullable JsonNode body) throws IOException, InterruptedException {
        List<String> words = request.words();
        if (words.size() < 2) {
            throw new IllegalArgumentException("not METHOD and PATH: " + words);
        }
        ObjectNode line = Json.object();
        ObjectNode params = Json.object();
        for (String word : words.subList(2, words.size())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a parameter: " + word);
            }
            params.put(word.substring(0, equals), word.substring(equals + 1));
        }
        places.acquire();
        long id = numbers.incrementAndGet();
        Inbox inbox = new Inbox();
        inboxes.put(id, inbox);
        line.put("id", id).put("method", words.get(0)).put("path", words.get(1)).set("params", params);
        if (body != null) {
            line.set("body", body);
        }
        try {
            write(line);
        } catch (ClientException e) {
            forget(id);
            throw e;
        }
        ClientException over = end;
        if (over != null) { // the reader may have ended before it could know of this one
            forget(id);
            inbox.cut(over);
        }
        return new Items(id, inbox);
    }

    /** Lets what is under way end: nothing more can be asked, and what is still to come is lost. */
    @Override
    public void close() {
        channel.close();
        cut(new ClientException.Unreachable(Loss.CUT));
    }

    private void cut(ClientException why) {
        inboxes.forEach((id, inbox) -> {
            forget(id);
            inbox.cut(why);
        });
    }

    private void write(JsonNode line) throws ClientException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (requests) {
                requests.write(bytes);
                requests.flush();
            }
        } catch (IOException e) {
            ClientException over = end;
            throw over != null ? over : new ClientException.Unreachable(Loss.CUT);
        }
    }

    private void forget(long id) {
        if (inboxes.remove(id) != null) {
            places.release();
        }
    }

    private void read() {
        ClientException why;
        try (InputStream lines = new BufferedInputStream(channel.output(), BUFFER)) {
            for (Optional<byte[]> line = line(lines); line.isPresent(); line = line(lines)) {
                Optional<JsonNode> object = Json.objectOn(line.get());
                if (object.isPresent()) {
                    take(object.get());
                }
            }
            why = ended();
        } catch (ClientException e) {
            why = e;
        } catch (IOException e) {
            why = new ClientException.Unreachable(Loss.CUT);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the reader", e);
        } finally {
            channel.close();
        }
        end = why;
        cut(why);
    }

    private ClientException ended() throws InterruptedException {
        OptionalInt status = channel.await();
        String said = overheard.finish();
        return status.orElse(0) == 0
                ? new ClientException.Unreachable(Loss.of(said))
                : new ClientException.Refused(status.getAsInt(), said);
    }

    private void take(JsonNode line) throws InterruptedException {
        Inbox inbox = inboxes.get(line.path("id").asLong());
        if (inbox == null) {
            return; // a heartbeat, or the answer to a cancel that came too late
        }
        boolean more = line.path("stream").asBoolean() || line.has("item");
        if (!more) {
            forget(line.path("id").asLong());
        }
        inbox.put(line);
    }

    private static Optional<byte[]> line(InputStream from) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = from.read();
        while (b >= 0 && b != '\n') {
            line.write(b);
            if (line.size() > LONGEST_LINE) {
                throw new ClientException.Unintelligible("a line of more than " + LONGEST_LINE + " bytes");
            }
            b = from.read();
        }
        return b < 0 ? Optional.empty() : Optional.of(line.toByteArray());
    }

    /** The items of one request, in their order. For one thread at a time. */
    public final class Items implements AutoCloseable {
        private final long id;
        private final Inbox inbox;
        private boolean over;
        private OptionalInt exit = OptionalInt.empty();

        private Items(long id, Inbox inbox) {
            this.id = id;
            this.inbox = inbox;
        }

        /**
         * The next one; waits for it. Empty when there are no more and the stream is complete.
         *
         * @throws ClientException.Problem when the stream ends by one
         * @throws ClientException.Unreachable when it is cut off
         */
        public Optional<JsonNode> next() throws IOException, InterruptedException {
            while (!over) {
                JsonNode line;
                try {
                    line = inbox.take();
                } catch (ClientException e) {
                    over = true;
                    throw e;
                }
                if (line.has("item")) {
                    return Optional.of(line.path("item"));
                }
                if (!line.path("stream").asBoolean()) {
                    over = true;
                    return last(line);
                }
            }
            return Optional.empty();
        }

        private Optional<JsonNode> last(JsonNode line) throws ClientException {
            if (line.has("problem")) {
                throw new ClientException.Problem(line.path("problem"));
            }
            if (line.has("exit")) {
                exit = OptionalInt.of(line.path("exit").asInt());
            }
            return Optional.ofNullable(line.get("body"));
        }

        /** The exit status that an exec channel would have ended with, where it is another than 0; after the end. */
        public OptionalInt exit() {
            return exit;
        }

        /** Cancels the request unless it is over. A build that was followed goes on. */
        @Override
        public void close() {
            if (over) {
                return;
            }
            over = true;
            inbox.abandon();
            if (!inboxes.containsKey(id)) {
                return;
            }
            try {
                write(Json.object().put("id", id).put("cancel", true));
            } catch (ClientException e) {
                // It is over with the connection.
            }
        }
    }
}
