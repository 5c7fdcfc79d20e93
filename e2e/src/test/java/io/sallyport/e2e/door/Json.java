package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** JSON as a client reads it. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** Exactly one document on exactly one line that has an end. */
    static JsonNode line(String text) {
        assertEquals(text.length() - 1, text.indexOf('\n'), () -> "not exactly one line: " + text);
        return document(text);
    }

    /** One document on each line. */
    static List<JsonNode> lines(String text) {
        return text.lines().map(Json::document).toList();
    }

    /** A value of each item. */
    static <T> List<T> each(JsonNode items, Function<JsonNode, T> value) {
        List<T> values = new ArrayList<>();
        items.forEach(item -> values.add(value.apply(item)));
        return values;
    }

    /** Exactly one document. */
    static JsonNode document(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
