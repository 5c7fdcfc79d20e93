package io.sallyport.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Reading of JSON. Not with the library's {@code ObjectMapper}: what that makes ready for objects of all kinds, dates and calendars
 * among them, takes a tenth of the start of a command, and here are only trees.
 */
public final class Json {
    /** Thread-safe, and never changed. */
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** The object on a line of the gateway's; empty when the line is anything else. */
    public static Optional<JsonNode> objectOn(byte[] line) {
        if (line.length == 0 || line[0] != '{') {
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(line)) {
            return Optional.of(next(parser)).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /**
     * The next value of a text, be it JSON or what else there is a parser for; a missing node at its end. Of two members with the
     * same name the last one counts, unless the parser forbids them.
     *
     * @throws IOException when it cannot be read or is no such text; nor may it be nested deeper than the parser allows
     */
    public static JsonNode next(JsonParser parser) throws IOException {
        return parser.nextToken() == null ? NODES.missingNode() : value(parser);
    }

    /** The first value in a text of JSON. */
    static JsonNode in(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return next(parser);
        }
    }

    /** An object without members. */
    static ObjectNode object() {
        return NODES.objectNode();
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "not a value of JSON: " + parser.currentToken());
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = object();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (!parser.nextToken().isStructEnd()) {
            array.add(value(parser));
        }
        return array;
    }
}
