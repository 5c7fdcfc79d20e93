package io.sallyport.gateway.subsystem;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.StrictJson;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.RequestLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a line of the peer's means. */
sealed interface Message {
    /**
     * A request.
     *
     * @param id as given
     * @param request what is asked for
     * @param body of the request; empty when there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, not to be compared
    record Ask(JsonNode id, RequestLine request, byte[] body) implements Message {}

    /** The wish that a request should end. */
    record Cancel(JsonNode id) implements Message {}

    /** Neither of these; {@code id} when it has a usable one. */
    record Wrong(Optional<JsonNode> id, Problem problem) implements Message {}

    /** Reads lines. May be used by any thread. */
    final class Reader {
        private static final List<String> MEMBERS = List.of("id", "method", "path", "params", "body", "cancel");
        private static final int LONGEST_ID = 64;

        /** The meaning of a line. */
        Message read(byte[] line) {
            JsonNode json;
            try {
                json = StrictJson.read(line);
            } catch (StrictJson.NotJson e) {
                String where = e.place()
                        .map(place -> ", at column " + place.getColumnNr())
                        .orElseGet(() -> ": " + e.why());
                return wrong(Optional.empty(), "the line is not JSON" + where);
            }
            if (!json.isObject()) {
                return wrong(Optional.empty(), "the line is not a JSON object");
            }
            JsonNode id = json.path("id");
            return isId(id)
                    ? known(json, id)
                    : wrong(Optional.empty(), "'id' must be a text of 1 to " + LONGEST_ID + " characters, or a number");
        }

        private static Message known(JsonNode json, JsonNode id) {
            for (var member : json.properties()) {
                if (!MEMBERS.contains(member.getKey())) {
                    return wrong(Optional.of(id), "unknown member '" + member.getKey() + "'" + near(member.getKey()));
                }
            }
            JsonNode cancel = json.path("cancel");
            if (cancel.isMissingNode()) {
                return ask(json, id);
            }
            return cancel.isBoolean() && cancel.booleanValue() && json.size() == 2
                    ? new Cancel(id)
                    : wrong(Optional.of(id), "'cancel' must be true and stand with 'id' alone");
        }

        private static Message ask(JsonNode json, JsonNode id) {
            Optional<Method> method = Arrays.stream(Method.values())
                    .filter(candidate ->
                            candidate.name().equals(json.path("method").textValue()))
                    .findFirst();
            JsonNode path = json.path("path");
            if (method.isEmpty()) {
                return wrong(Optional.of(id), "'method' must be one of GET, POST, PUT, DELETE");
            }
            if (!path.isTextual()) {
                return wrong(Optional.of(id), "'path' must be a text, such as /builds");
            }
            try {
                return new Ask(
                        id,
                        RequestLine.of(method.get(), path.textValue(), params(json.path("params"))),
                        body(json.path("body")));
            } catch (Param.Malformed e) {
                return wrong(Optional.of(id), e.detail());
            }
        }

        private static Map<String, String> params(JsonNode params) throws Param.Malformed {
            if (!params.isObject() && !params.isMissingNode()) {
                throw new Param.Malformed("params", "'params' must be an object of names and values");
            }
            Map<String, String> all = new LinkedHashMap<>();
            for (var param : params.properties()) {
                if (param.getValue().isContainerNode() || param.getValue().isNull()) {
                    throw new Param.Malformed(
                            param.getKey(),
                            "parameter '" + param.getKey() + "' must be a text, a number, true or false");
                }
                all.put(param.getKey(), param.getValue().asText());
            }
            return all;
        }

        /** A text is the body itself; anything else is the body as JSON. */
        private static byte[] body(JsonNode body) {
            String text = body.isMissingNode() ? "" : body.isTextual() ? body.textValue() : body.toString();
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static boolean isId(JsonNode id) {
            return id.isTextual()
                    ? !id.textValue().isEmpty() && id.textValue().length() <= LONGEST_ID
                    : id.isIntegralNumber() && id.canConvertToLong();
        }

        private static Wrong wrong(Optional<JsonNode> id, String detail) {
            return new Wrong(id, Problem.badRequest(detail));
        }

        private static String near(String member) {
            return Nearest.to(member, MEMBERS)
                    .map(word -> ", did you mean '" + word + "'?")
                    .orElse("; there are " + String.join(", ", MEMBERS));
        }
    }
}
