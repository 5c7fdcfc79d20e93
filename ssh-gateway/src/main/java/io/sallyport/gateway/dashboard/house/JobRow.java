package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job as its build's answer has it.
 *
 * @param state one of the documented states of jobs
 * @param exitCode of its script; empty when there is none
 * @param attempt from 1
 * @param needs names of the jobs that it waits for; empty when it waits for the stages before its own
 * @param reason why it is in its state; may be empty
 * @param findings tests and coverage in words; may be empty
 */
public record JobRow(
        String name,
        String stage,
        String state,
        String exitCode,
        boolean allowFailure,
        int attempt,
        Optional<List<String>> needs,
        Optional<Instant> started,
        Optional<Instant> finished,
        String reason,
        String findings) {
    static JobRow of(JsonNode json) {
        JsonNode needs = json.path("needs");
        return new JobRow(
                json.path("name").asText(),
                json.path("stage").asText(),
                json.path("state").asText(),
                json.path("exitCode").asText(),
                json.path("allowFailure").asBoolean(),
                json.path("attempt").asInt(),
                needs.isArray() ? Optional.of(texts(needs)) : Optional.empty(),
                Json.time(json, "started"),
                Json.time(json, "finished"),
                json.path("reason").asText(),
                findings(json));
    }

    private static List<String> texts(JsonNode list) {
        List<String> all = new ArrayList<>();
        list.forEach(text -> all.add(text.asText()));
        return all;
    }

    private static String findings(JsonNode json) {
        List<String> words = new ArrayList<>();
        JsonNode tests = json.path("tests");
        if (tests.isObject()) {
            int bad = tests.path("failed").asInt() + tests.path("errors").asInt();
            words.add(tests.path("total").asInt() + " tests" + (bad > 0 ? ", " + bad + " failed" : ""));
        }
        if (json.has("coverage")) {
            words.add(json.path("coverage").asText() + " % covered");
        }
        return String.join(", ", words);
    }

    /** The same after an event about it. */
    JobRow after(JsonNode event) {
        String now = event.path("state").asText();
        Instant when = Json.time(event, "time").orElse(Instant.EPOCH);
        boolean running = now.equals("running");
        return new JobRow(
                name,
                stage,
                now,
                event.path("exitCode").asText(),
                allowFailure,
                event.path("attempt").asInt(attempt),
                needs,
                running ? Optional.of(when) : started,
                running || !hasEnded(now) ? Optional.empty() : Optional.of(when),
                event.path("reason").asText(),
                findings);
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /** Whether somebody may start it. */
    public boolean waitsForSomebody() {
        return state.equals("manual") || state.equals("delayed");
    }

    /** Whether it is over. */
    public boolean hasEnded() {
        return hasEnded(state);
    }

    private static boolean hasEnded(String state) {
        return switch (state) {
            case "queued", "manual", "delayed", "running" -> false;
            default -> true;
        };
    }

    /** Whether it did not do what it should, and that counts. */
    public boolean hasFailed() {
        return !allowFailure
                && switch (state) {
                    case "failed", "timedout", "errored" -> true;
                    default -> false;
                };
    }
}
