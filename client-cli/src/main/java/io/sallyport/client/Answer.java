package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * The whole answer of a request whose representation is one JSON document.
 *
 * @param status the gateway's exit status: 0, or the result of a build that was waited for
 * @param text the document as it came, with its line feed
 */
public record Answer(int status, String text) {
    /**
     * The document.
     *
     * @throws ClientException.Unintelligible when it is none
     */
    public JsonNode document() throws ClientException {
        try {
            JsonNode document = Json.in(text);
            if (document.isObject()) {
                return document;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new ClientException.Unintelligible(
                text.isEmpty() ? "nothing where a JSON document was expected" : "not a JSON document");
    }
}
