package io.sallyport.handlers.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.handlers.BodyForm;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private static final BodyForm FORM = BodyForm.json("kind", "{\"kind\":\"person\"}", "PUT /x");

    @Test
    void anEmptyObjectIsAnObject() throws Exception {
        assertEquals("{}", read("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t"})
    void nothingAtAllIsRefused(String body) {
        JsonBody.Unusable empty = assertThrows(JsonBody.Unusable.class, () -> read(body));

        assertEquals(422, empty.problem().status());
        assertEquals(
                "the body is empty: send a JSON object, such as {\"kind\":\"person\"}",
                empty.problem().detail());
    }

    @Test
    void unknownFieldsAreNamed() {
        JsonBody.Unusable unknown = assertThrows(JsonBody.Unusable.class, () -> read("{\"knid\":1}"));

        assertEquals(
                "unknown field 'knid', did you mean 'kind'?", unknown.problem().detail());
    }

    private static String read(String body) throws Exception {
        return new JsonBody()
                .object(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), List.of("kind"), FORM)
                .toString();
    }
}
