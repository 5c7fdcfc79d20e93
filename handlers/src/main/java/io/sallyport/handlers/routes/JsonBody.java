package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.StrictJson;
import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A small JSON object in a request's body. Fields that are not known are refused. */
final class JsonBody {
    private static final int LONGEST = 1 << 20;

    /** The body cannot be used; the problem says why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Unusable(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Unusable(String detail) {
            this(Problem.unprocessable("bad-body", detail));
        }

        Problem problem() {
            return problem;
        }
    }

    /**
     * The object. An empty body is refused: it is most likely a pipe whose first program failed, and would set all
     * back to its defaults.
     *
     * @param form what is shown of a body that would do
     */
    JsonNode object(InputStream body, List<String> fields, BodyForm form) throws IOException, Unusable {
        byte[] bytes = body.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new Unusable(Problem.of(413, "too-large", "Too large", "the body is longer than 1 MiB"));
        }
        if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            throw new Unusable("the body is empty: send a JSON object, such as "
                    + form.sample().orElse("{}"));
        }
        JsonNode node = parse(bytes);
        if (!node.isObject()) {
            throw new Unusable("the body must be a JSON object");
        }
        requireKnown(node, fields);
        return node;
    }

    /** Refuses fields that are not known. */
    static void requireKnown(JsonNode object, List<String> fields) throws Unusable {
        for (var field : object.properties()) {
            if (!fields.contains(field.getKey())) {
                throw new Unusable("unknown field '" + field.getKey() + "'"
                        + Nearest.to(field.getKey(), fields)
                                .map(near -> ", did you mean '" + near + "'?")
                                .orElse("; there are " + String.join(", ", fields)));
            }
        }
    }

    /** A text field. */
    static String text(JsonNode object, String name, String fallback) throws Unusable {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isTextual()) {
            throw new Unusable("'" + name + "' must be a text");
        }
        return value.textValue();
    }

    /** A field that is a list of texts; an absent one is empty. */
    static List<String> texts(JsonNode object, String name, int most) throws Unusable {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            texts.add(item.isTextual() ? item.textValue() : "");
        }
        if (!value.isArray() || texts.size() > most || texts.contains("")) {
            throw new Unusable("'" + name + "' must be a list of texts, at most " + most);
        }
        return texts;
    }

    /** A field that is a whole number, from 1. */
    static OptionalLong count(JsonNode object, String name) throws Unusable {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
            throw new Unusable("'" + name + "' must be a whole number from 1");
        }
        return OptionalLong.of(value.longValue());
    }

    /** A field that is a whole number, from 0. */
    static OptionalLong number(JsonNode object, String name, long most) throws Unusable {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > most) {
            throw new Unusable(
                    "'" + name + "' must be a whole number from 0" + (most == Long.MAX_VALUE ? "" : " to " + most));
        }
        return OptionalLong.of(value.longValue());
    }

    /** A field that is true or false. */
    static boolean flag(JsonNode object, String name, boolean fallback) throws Unusable {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw new Unusable("'" + name + "' must be true or false");
        }
        return value.booleanValue();
    }

    private static JsonNode parse(byte[] bytes) throws Unusable {
        try {
            return StrictJson.read(bytes);
        } catch (StrictJson.NotJson e) {
            throw new Unusable("the body is not JSON: "
                    + e.place()
                            .map(place -> "line " + place.getLineNr() + ", column " + place.getColumnNr())
                            .orElseGet(e::why));
        }
    }
}
