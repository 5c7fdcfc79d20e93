package io.sallyport.gateway.breakglass;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The file that asks for a key to be let in, beside it the gateway's answer. Both are written in one step. */
public final class BreakGlassFile {
    private static final int LONGEST = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path asked;
    private final Path answer;

    /** The file in the state directory of that path. */
    public BreakGlassFile(Path stateDirectory) {
        this.asked = stateDirectory.resolve("break-glass.json");
        this.answer = stateDirectory.resolve("break-glass.answer");
    }

    /**
     * What is asked for.
     *
     * @param key one line of a {@code .pub} file
     * @param until when the key is to be let in no more
     * @param reason why, in the words of who asks
     */
    public record Wish(String key, Instant until, String reason) {}

    /** Asks, in place of what was asked before. */
    public void ask(Wish wish) throws IOException {
        Files.deleteIfExists(answer);
        write(
                asked,
                JSON.createObjectNode()
                        .put("key", wish.key())
                        .put("until", wish.until().toString())
                        .put("reason", wish.reason())
                        .toString());
    }

    /** What the gateway has answered; empty as long as it has not. */
    public Optional<String> answered() throws IOException {
        return read(answer);
    }

    /**
     * What is asked for; empty when nothing is.
     *
     * @throws IOException when the file is not what {@link #ask} writes
     */
    Optional<Wish> asked() throws IOException {
        Optional<String> text = read(asked);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text.get());
            return Optional.of(new Wish(
                    json.path("key").asText(),
                    Instant.parse(json.path("until").asText()),
                    json.path("reason").asText()));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IOException(asked + " is damaged", e);
        }
    }

    void answer(String words) throws IOException {
        write(answer, words + "\n");
    }

    void clear() throws IOException {
        Files.deleteIfExists(asked);
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            if (Files.size(file) > LONGEST) {
                throw new IOException(file + " is too large");
            }
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(half, text.getBytes(StandardCharsets.UTF_8));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
