package io.sallyport.gateway.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void whatHasANameIsAMember() throws Exception {
        JsonNode line = line(null, "build accepted build={} project={} trusted={}", 57L, "web", true);
        assertEquals("build accepted", line.path("message").asText());
        assertEquals("Engine", line.path("logger").asText());
        assertEquals("WARN", line.path("level").asText());
        assertEquals(57, line.path("build").asLong());
        assertTrue(line.path("build").isNumber() && line.path("trusted").isBoolean());
        assertEquals("web", line.path("project").asText());
    }

    @Test
    void whatHasNoneStaysInTheWords() throws Exception {
        assertEquals(
                "GET /x failed after 3 tries",
                line(null, "{} {} failed after {} tries", "GET", "/x", 3)
                        .path("message")
                        .asText());
        assertEquals("100% of {}", line(null, "100% of {}").path("message").asText());
    }

    @Test
    void aNameOfTheLinesOwnIsNotTaken() throws Exception {
        JsonNode line = line(null, "it said level={} message={}", "high", "hello");
        assertEquals("WARN", line.path("level").asText());
        assertEquals("it said level=high message=hello", line.path("message").asText());
    }

    @Test
    void aLineIsALineWhateverIsInIt() throws Exception {
        String text = encoded(new IllegalStateException("two\nlines"), "from={}", "a\nb\u001b[31m\"");
        assertEquals(text.length() - 1, text.indexOf('\n'));
        JsonNode line = new ObjectMapper().readTree(text);
        assertEquals("a\nb\u001b[31m\"", line.path("from").asText());
        assertTrue(line.path("stack").asText().startsWith("java.lang.IllegalStateException: two\nlines"));
    }

    private JsonNode line(@Nullable Throwable thrown, String words, Object... values) throws Exception {
        return new ObjectMapper().readTree(encoded(thrown, words, values));
    }

    private String encoded(@Nullable Throwable thrown, String words, Object... values) {
        LoggingEvent event = new LoggingEvent(
                "here", context.getLogger("io.sallyport.builds.engine.Engine"), Level.WARN, words, thrown, values);
        return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
    }
}
