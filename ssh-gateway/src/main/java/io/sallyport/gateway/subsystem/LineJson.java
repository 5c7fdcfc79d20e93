package io.sallyport.gateway.subsystem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The lines that the gateway writes. */
final class LineJson {
    /** Of a line. */
    static final byte[] END = {'\n'};

    private static final JsonMapper MAPPER = new JsonMapper();

    private LineJson() {}

    /** The one answer. */
    static byte[] answer(JsonNode id, int status, JsonNode body) {
        return bytes(of(id).put("status", status).set("body", body));
    }

    /** The one answer that has nothing to show. */
    static byte[] empty(JsonNode id) {
        return bytes(of(id).put("status", 204));
    }

    /** The first line of a stream. */
    static byte[] stream(JsonNode id) {
        return bytes(of(id).put("status", 200).put("stream", true));
    }

    /** One item of a stream. */
    static byte[] item(JsonNode id, JsonNode item) {
        return bytes(of(id).set("item", item));
    }

    /** The last line of a stream; {@code exit} is that of the same request on an exec channel. */
    static byte[] end(JsonNode id, int exit) {
        ObjectNode line = of(id).put("end", true);
        return bytes(exit == 0 ? line : line.put("exit", exit));
    }

    /** The last line of what did not work. */
    static byte[] problem(JsonNode id, Problem problem) {
        return bytes(of(id).put("status", problem.status()).set("problem", problem.toJson()));
    }

    /** What is said of a line that belongs to no request. */
    static byte[] problem(Problem problem) {
        return bytes(JsonNodeFactory.instance.objectNode().set("problem", problem.toJson()));
    }

    /** A sign of life. */
    static byte[] heartbeat() {
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return bytes(JsonNodeFactory.instance.objectNode().put("heartbeat", now));
    }

    private static ObjectNode of(JsonNode id) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.set("id", id);
        return line;
    }

    private static byte[] bytes(JsonNode line) {
        try {
            return MAPPER.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
