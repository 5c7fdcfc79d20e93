package io.sallyport.builds.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The body of a submission whose manifest is there already: {@code {"manifest":"sha256:…"}}. */
final class ManifestName {
    private static final int LONGEST = 4096;

    private ManifestName() {}

    /** Whether a body that begins so is a JSON object. */
    static boolean isIn(byte[] first) {
        return first.length > 0 && first[0] == '{';
    }

    /** The digest in it. */
    static Digest read(InputStream body) throws IOException {
        byte[] text = body.readNBytes(LONGEST);
        try {
            JsonNode document = new JsonMapper().readTree(new String(text, StandardCharsets.UTF_8));
            if (document.size() == 1 && document.has("manifest")) {
                return Digest.parse(document.path("manifest").asText())
                        .orElseThrow(() -> Unacceptable.damaged("'manifest' is not sha256: and 64 hexadecimal digits"));
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw new Unacceptable(new Refusal.UnknownFormat());
    }
}
