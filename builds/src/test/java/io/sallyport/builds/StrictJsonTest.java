package io.sallyport.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a document of JSON. */
class StrictJsonTest {
    private static StrictJson.NotJson refuse(byte[] bytes) {
        return assertThrows(StrictJson.NotJson.class, () -> StrictJson.read(bytes));
    }

    @Test
    void textsAreWhatTheyWere() throws Exception {
        String text = "{\"é\\ud83d\\ude00\":[\"\\u0000\",{\"😀\":1}]}";
        assertEquals(
                "{\"é😀\":[\"\\u0000\",{\"😀\":1}]}",
                StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\ud800\"}",
                "[[\"x\\ude00\\ud83d\"]]",
                "\"\\ud83d\\u0041\"",
                "{\"a\":{\"b\":[1,\"\\uD83D\"]}}"
            })
    void halfACharacterIsRefusedWhereverItIs(String text) {
        assertEquals(
                "a text in it has half of a pair of \\u escapes",
                refuse(text.getBytes(StandardCharsets.UTF_8)).why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32BE", "ISO-8859-1"})
    void onlyUtf8IsJson(String charset) {
        byte[] bytes = "{\"id\":\"é\"}".getBytes(Charset.forName(charset));
        assertTrue(refuse(bytes).why().matches("it is not UTF-8|(?s)(Unexpected|Illegal) character.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":1} x",
                "{'a':1}",
                "[1,]",
                "nul",
                "\uFEFF{}",
                "01",
                "{\"\\udc00\":1}"
            })
    void whatAnotherReaderMightTakeForSomethingElseIsRefused(String text) {
        assertTrue(refuse(text.getBytes(StandardCharsets.UTF_8)).place().isPresent());
    }
}
