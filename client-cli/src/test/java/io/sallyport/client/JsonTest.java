package io.sallyport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees as the library's own mapper makes them. */
class JsonTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "\"a\\u00e9\\n\"",
                "{\"a\":[1,-2147483649,123456789012345678901234567890,1.5,1e400,true,false,null,\"\",{\"b\":[[]]}]}",
                "{\"a\":1,\"b\":2,\"a\":{\"c\":3}}",
                "{\"a\":1} and more",
            })
    void treesAreThoseOfTheMapper(String text) throws IOException {
        assertEquals(mapper.readTree(text), Json.in(text));
        assertEquals(mapper.readTree(text).toString(), Json.in(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "nul", "]", "{\"a\":1]"})
    void whatIsNoJsonIsRefused(String text) {
        assertThrows(IOException.class, () -> mapper.readTree(text));
        assertThrows(IOException.class, () -> Json.in(text));
        assertEquals(Optional.empty(), Json.objectOn(text.getBytes(UTF_8)));
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        assertThrows(IOException.class, () -> Json.in("[".repeat(100_000)));
    }
}
