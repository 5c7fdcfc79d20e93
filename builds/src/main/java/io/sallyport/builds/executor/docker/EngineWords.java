package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What an engine says of a failure, without the wrapping. */
final class EngineWords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 2000;
    private static final String UNANSWERED = " failed to respond";

    private EngineWords() {}

    /** Of a body, or of one in the words {@code Status 404: …} of the client library. */
    static String of(String body) {
        int brace = body.indexOf('{');
        if (brace >= 0) {
            try {
                JsonNode message = JSON.readTree(body.substring(brace)).path("message");
                if (message.isTextual()) {
                    return bounded(message.asText());
                }
            } catch (JsonProcessingException e) {
                return bounded(body); // as it came
            }
        }
        return bounded(body);
    }

    /** Of a failure to reach it: the innermost cause knows most. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        if (message != null && message.endsWith(UNANSWERED)) { // of a host that the library makes up for sockets
            return "it has closed the connection without an answer";
        }
        return bounded(message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    private static String bounded(String words) {
        String line = words.strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
