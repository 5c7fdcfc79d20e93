package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Events as a reader has got them: whole lines, one after the other. */
record Events(List<String> lines) {
    static Events of(Ssh who, String parameters) throws Exception {
        return of(who.run("GET /events " + parameters).ok().text());
    }

    static Events of(String text) {
        return new Events(text.lines().toList());
    }

    List<JsonNode> records() {
        return lines.stream().map(Json::document).toList();
    }

    /** The values of a member, as text; empty where it is not there. */
    List<String> each(String member) {
        return records().stream().map(record -> record.path(member).asText()).toList();
    }

    List<String> types() {
        return each("type");
    }

    JsonNode last() {
        return Json.document(lines.getLast());
    }

    /** The place after the last one. */
    String cursor() {
        return last().path("cursor").asText();
    }

    /** Fails unless the numbers rise by one, from one on. */
    Events numberedFrom(long first) {
        long expected = first;
        for (JsonNode record : records()) {
            assertEquals(expected++, record.path("seq").asLong(), record::toString);
        }
        return this;
    }
}
