package io.sallyport.gateway.breakglass;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.gateway.settings.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The file that asks for a key to be let in, beside it the gateway's answer. Both are written in one step. */
public final class BreakGlassFile {
    private static final int LONGEST = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The answer that is no refusal. */
    public static final String GRANTED = "granted";

    private final Note asked;
    private final Note answer;

    /** The file in the state directory of that path. */
    public BreakGlassFile(Path stateDirectory) {
        this.asked = new Note(stateDirectory.resolve("break-glass.json"), LONGEST);
        this.answer = new Note(stateDirectory.resolve("break-glass.answer"), LONGEST);
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
        answer.remove();
        asked.write(JSON.createObjectNode()
                .put("key", wish.key())
                .put("until", wish.until().toString())
                .put("reason", wish.reason())
                .toString());
    }

    /** What the gateway has answered; empty as long as it has not. */
    public Optional<String> answered() throws IOException {
        return answer.read();
    }

    /**
     * What is asked for; empty when nothing is.
     *
     * @throws IOException when the file is not what {@link #ask} writes
     */
    Optional<Wish> asked() throws IOException {
        Optional<String> text = asked.read();
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
            throw new IOException(asked.file() + " is damaged", e);
        }
    }

    /** Whether what is asked for has been granted: then it is not again. */
    boolean isGranted() throws IOException {
        return answer.read().map(String::strip).equals(Optional.of(GRANTED));
    }

    void grant() throws IOException {
        answer(GRANTED);
    }

    void answer(String words) throws IOException {
        answer.write(words + "\n");
    }

    void clear() throws IOException {
        asked.remove();
    }
}
