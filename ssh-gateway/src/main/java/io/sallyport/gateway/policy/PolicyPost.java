package io.sallyport.gateway.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.gateway.settings.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file in the state directory that tells the gateway which serves from there what to do with its policy, and beside
 * it the gateway's answer. An order is taken once at most.
 */
final class PolicyPost {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of both files in bytes: a policy with all its quotes escaped. */
    private static final int LARGEST = 2 * PolicyReader.LARGEST + 64 * 1024;

    private final Note order;
    private final Note answer;

    PolicyPost(Path stateDirectory) {
        this.order = new Note(stateDirectory.resolve("policy.order"), LARGEST);
        this.answer = new Note(stateDirectory.resolve("policy.answer"), LARGEST);
    }

    /** An order, and the number that its answer has to have. */
    record Sent(String id, PolicyOrder order) {}

    /** Tells the gateway. */
    void send(Sent sent) throws IOException {
        answer.remove();
        ObjectNode json = JSON.createObjectNode().put("id", sent.id);
        switch (sent.order) {
            case PolicyOrder.Export export -> json.put("do", "export");
            case PolicyOrder.Import imported ->
                json.put("do", "import")
                        .put("file", imported.file())
                        .put("text", imported.text())
                        .put("remove", imported.remove())
                        .put("dryRun", imported.dryRun())
                        .put("by", imported.by())
                        .put("reason", imported.reason());
        }
        order.write(json.toString());
    }

    /** Takes the order back; it may have been taken already. */
    void withdraw() throws IOException {
        order.remove();
    }

    /** Takes the order, if there is one. */
    Optional<Sent> take() throws IOException {
        Optional<JsonNode> json = read(order);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        order.remove();
        JsonNode given = json.get();
        String id = given.path("id").asText();
        return Optional.of(new Sent(
                id,
                switch (given.path("do").asText()) {
                    case "export" -> new PolicyOrder.Export();
                    case "import" ->
                        new PolicyOrder.Import(
                                given.path("file").asText(),
                                given.path("text").asText(),
                                given.path("remove").asBoolean(),
                                given.path("dryRun").asBoolean(),
                                given.path("by").asText(),
                                given.path("reason").asText());
                    default -> throw new IOException("an order that this version does not know: " + given.path("do"));
                }));
    }

    void answer(String id, PolicyAnswer given) throws IOException {
        answer.write(JSON.createObjectNode()
                .put("id", id)
                .put("status", given.status())
                .put("text", given.text())
                .toString());
    }

    /** The answer to an order, which is removed; empty as long as there is none. */
    Optional<PolicyAnswer> answered(String id) throws IOException {
        Optional<JsonNode> json =
                read(answer).filter(given -> given.path("id").asText().equals(id));
        if (json.isPresent()) {
            answer.remove();
        }
        return json.map(given -> new PolicyAnswer(
                given.path("status").asInt(), given.path("text").asText()));
    }

    private static Optional<JsonNode> read(Note note) throws IOException {
        Optional<String> text = note.read();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(text.get()));
        } catch (JsonProcessingException e) {
            note.remove();
            throw new IOException("a damaged order or answer in the state directory was removed", e);
        }
    }
}
