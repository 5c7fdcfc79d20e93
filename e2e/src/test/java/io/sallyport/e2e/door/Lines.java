package io.sallyport.e2e.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The {@code sallyport} subsystem as {@code ssh -s} gives it to a program.
 *
 * @param session that runs
 */
record Lines(Running session) implements AutoCloseable {
    static Lines open(Ssh who) throws IOException {
        return new Lines(who.subsystem("sallyport").start());
    }

    /** Sends a line. */
    Lines say(String line) throws IOException {
        session.in().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        session.in().flush();
        return this;
    }

    /** Asks for one thing. */
    Lines get(String id, String path, String params) throws IOException {
        return say("{\"id\":\"" + id + "\",\"method\":\"GET\",\"path\":\"" + path + "\",\"params\":{" + params + "}}");
    }

    Lines get(String id, String path) throws IOException {
        return get(id, path, "");
    }

    /** All lines so far. */
    List<JsonNode> said() {
        String text = session.out().text();
        return Json.lines(text.substring(0, text.lastIndexOf('\n') + 1));
    }

    /** The first line that is like this, as soon as it is there. */
    JsonNode first(String what, Predicate<JsonNode> wanted) throws Exception {
        return Await.found(
                what,
                Await.DEADLINE,
                () -> said().stream().filter(wanted).findFirst().or(this::failIfOver));
    }

    /** The line with that id that has a status. */
    JsonNode answer(String id) throws Exception {
        return first("an answer to " + id, line -> line.path("id").asText().equals(id) && line.has("status"));
    }

    /** The last line of a stream or of what did not work. */
    JsonNode end(String id) throws Exception {
        return first(
                "the end of " + id,
                line -> line.path("id").asText().equals(id) && (line.has("end") || line.has("problem")));
    }

    private Optional<JsonNode> failIfOver() {
        if (!session.alive()) {
            throw new AssertionError("the channel ended after: " + session.out().text()
                    + session.err().text());
        }
        return Optional.empty();
    }

    /** Says no more, and waits for the end. */
    Outcome finish() throws IOException, InterruptedException {
        session.in().close();
        return session.end();
    }

    @Override
    public void close() {
        session.close();
    }
}
