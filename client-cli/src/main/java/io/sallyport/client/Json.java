package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** Reading of JSON. */
public final class Json {
    /** Thread-safe, and never changed. */
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** The object on a line of the gateway's; empty when the line is anything else. */
    public static Optional<JsonNode> objectOn(byte[] line) {
        if (line.length == 0 || line[0] != '{') {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(line)).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
