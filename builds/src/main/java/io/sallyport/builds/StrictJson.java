package io.sallyport.builds;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a document of JSON from outside (RFC 8259): one, in UTF-8, no name twice in an object, and of texts that are Unicode. What
 * another reader might take for something else is refused, as is what could not be written again as it came. Any thread.
 */
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** The bytes are no such document. */
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Optional<JsonLocation> place;

        private NotJson(String why, Optional<JsonLocation> place, Throwable cause) {
            super(why, cause, false, false);
            this.place = place;
        }

        private NotJson(String why) {
            super(why, null, false, false);
            this.place = Optional.empty();
        }

        /** Why not, for those who have no place to look at. */
        public String why() {
            return String.valueOf(getMessage());
        }

        /** From where on it is not, if that can be told. */
        public Optional<JsonLocation> place() {
            return place;
        }
    }

    /** Reads all of the bytes. */
    public static JsonNode read(byte[] bytes) throws NotJson {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotJson("it is not UTF-8", Optional.empty(), e);
        }
        JsonNode document;
        try {
            document = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new NotJson(e.getOriginalMessage(), Optional.ofNullable(e.getLocation()), e);
        }
        if (text.contains("\\u")) { // by nothing else can half a character come in
            requireUnicode(document);
        }
        return document;
    }

    private static void requireUnicode(JsonNode node) throws NotJson {
        if (node.isTextual()) {
            requireUnicode(node.textValue());
        }
        for (JsonNode inner : node) { // the parser has looked at names
            requireUnicode(inner);
        }
    }

    private static void requireUnicode(String text) throws NotJson {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new NotJson("a text in it has half of a pair of \\u escapes");
        }
    }
}
