package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a program has left.
 *
 * @param exit status
 * @param out bytes of standard output
 * @param err bytes of standard error
 */
record Outcome(int exit, byte[] out, byte[] err) {
    String text() {
        return new String(out, StandardCharsets.UTF_8);
    }

    String errors() {
        return new String(err, StandardCharsets.UTF_8);
    }

    /** The lines of standard error. */
    List<String> errorLines() {
        return errors().lines().toList();
    }

    /** All went well. */
    Outcome ok() {
        return exits(0);
    }

    Outcome exits(int status) {
        assertEquals(status, exit, () -> "exit status; out: " + text() + "\nerr: " + errors());
        return this;
    }

    /** One JSON document and a newline on standard output, nothing on standard error. */
    JsonNode json() {
        assertEquals("", errors());
        return Json.line(text());
    }

    /** The {@code items} of a list. */
    JsonNode items() {
        JsonNode items = json().path("items");
        assertTrue(items.isArray(), this::text);
        return items;
    }

    /** The request was refused as the contract says: one RFC 9457 line on standard error, nothing on standard output. */
    JsonNode problem(int status) {
        assertEquals("", text(), "standard output of a refused request");
        JsonNode problem = Json.line(errors());
        for (String member : List.of("type", "title", "status", "detail", "instance")) {
            assertTrue(problem.has(member), () -> "no " + member + " in " + problem);
        }
        assertEquals(status, problem.path("status").asInt(), problem::toString);
        assertEquals(exitFor(status), exit, problem::toString);
        return problem;
    }

    /** The contract's table. */
    private static int exitFor(int status) {
        return switch (status) {
            case 400 -> 64;
            case 413, 422 -> 65;
            case 404, 410 -> 66;
            case 503, 507 -> 69;
            case 500 -> 70;
            case 429, 409 -> 75;
            case 401, 403 -> 77;
            default -> throw new IllegalArgumentException("the contract knows no status " + status);
        };
    }
}
