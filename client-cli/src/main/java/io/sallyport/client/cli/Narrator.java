package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Json;
import io.sallyport.client.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells people what the gateway says on standard error: its JSON lines as sentences, all else as it is. */
final class Narrator extends Lines {
    private final OutputStream out;
    private volatile boolean problemShown;
    private volatile long build;

    Narrator(OutputStream out) {
        this.out = out;
    }

    /** Whether a problem was among the lines. */
    boolean problemShown() {
        return problemShown;
    }

    /** The first build that was told of; 0 when none was. */
    long build() {
        return build;
    }

    @Override
    protected void line(byte[] bytes) throws IOException {
        Optional<String> sentence = Json.objectOn(bytes).flatMap(this::sentence);
        out.write(sentence.isPresent() ? (sentence.get() + "\n").getBytes(StandardCharsets.UTF_8) : bytes);
        out.flush();
    }

    private Optional<String> sentence(JsonNode line) {
        if (line.path("status").isInt() && line.path("title").isTextual()) {
            problemShown = true;
            return Optional.of(problem(line));
        }
        if (line.path("notice").isTextual()) {
            return Optional.of("sally: " + line.path("notice").asText());
        }
        if (build == 0 && BuildSentence.of(line).isPresent()) {
            build = line.path("id").asLong();
        }
        return BuildSentence.of(line).map(sentence -> "sally: " + sentence);
    }

    /** A problem (RFC 9457); one of a spec has its errors with it, each with its place. */
    private static String problem(JsonNode problem) {
        String detail = problem.path("detail").asText("");
        StringBuilder text = new StringBuilder("error: ");
        text.append(detail.isBlank() ? problem.path("title").asText() : GatewayWords.retold(detail));
        for (JsonNode error : problem.path("errors")) {
            text.append("\n  ");
            if (error.has("line")) {
                text.append(error.path("line").asText())
                        .append(':')
                        .append(error.path("column").asText("1"))
                        .append(' ');
            }
            text.append(
                    error.isTextual() ? error.asText() : error.path("message").asText());
        }
        return text.toString();
    }
}
