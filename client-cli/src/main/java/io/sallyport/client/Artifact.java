package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An artifact as the gateway lists it.
 *
 * @param path within the build's artifacts, slashes between its parts
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Artifact(String path, long size, String sha256) {
    private static final String PREFIX = "sha256:";

    /** Reads an item of the list. */
    static Artifact of(JsonNode item) throws ClientException {
        String digest = item.path("sha256").asText("");
        String hex = digest.startsWith(PREFIX) ? digest.substring(PREFIX.length()) : digest;
        if (!item.path("path").isTextual() || !item.path("size").isIntegralNumber() || hex.length() != 64) {
            throw new ClientException.Unintelligible("an artifact without path, size or sha256");
        }
        return new Artifact(item.path("path").asText(), item.path("size").asLong(), hex);
    }

    /** Whether a file has its bytes; false also of one that cannot be read. */
    public boolean isIn(Path file) {
        try {
            if (Files.size(file) != size) {
                return false;
            }
            CheckedOutput bytes = new CheckedOutput(OutputStream.nullOutputStream());
            bytes.expect(this);
            Files.copy(file, bytes);
            bytes.verify(this);
            return true;
        } catch (IOException otherOrUnreadable) {
            return false;
        }
    }
}
