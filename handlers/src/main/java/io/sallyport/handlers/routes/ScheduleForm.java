package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.schedule.Cron;
import io.sallyport.builds.schedule.CronReading;
import io.sallyport.builds.schedule.ScheduleSettings;
import io.sallyport.builds.schedule.SourceOf;
import io.sallyport.handlers.BodyForm;
import io.sallyport.keys.Ref;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The body of a schedule that is wanted, read. */
final class ScheduleForm {
    static final List<String> FIELDS = List.of("cron", "timezone", "ref", "variables", "spec", "from", "enabled");

    static final BodyForm BODY = BodyForm.json(
            "cron, timezone (UTC), ref, variables {name: value}, spec, from (latest, latest-success), enabled (true)",
            "{\"cron\":\"30 3 * * mon-fri\",\"timezone\":\"Europe/Berlin\",\"ref\":\"main\"}",
            "PUT /projects/web/schedules/nightly");

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_VALUE = 4096;
    private static final int MOST_VARIABLES = 100;

    private ScheduleForm() {}

    static ScheduleSettings settings(JsonNode json) throws JsonBody.Unusable {
        return new ScheduleSettings(
                cron(JsonBody.text(json, "cron", ""), JsonBody.text(json, "timezone", "UTC")),
                ref(json),
                variables(json.path("variables")),
                word(json, "spec"),
                from(JsonBody.text(json, "from", SourceOf.LATEST.label())),
                JsonBody.flag(json, "enabled", true));
    }

    private static Cron cron(String text, String zone) throws JsonBody.Unusable {
        return switch (Cron.read(text, zone)) {
            case CronReading.Understood understood -> understood.cron();
            case CronReading.Misunderstood wrong ->
                throw new JsonBody.Unusable("'cron' or 'timezone' cannot be used: " + wrong.words());
        };
    }

    private static Optional<String> word(JsonNode json, String name) throws JsonBody.Unusable {
        if (!json.has(name)) {
            return Optional.empty();
        }
        String text = JsonBody.text(json, name, "");
        if (text.isBlank() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new JsonBody.Unusable("'" + name + "' must be a text of 1 to " + LONGEST_NAME + " characters");
        }
        return Optional.of(text);
    }

    private static Optional<String> ref(JsonNode json) throws JsonBody.Unusable {
        Optional<String> text = word(json, "ref");
        if (text.isPresent() && Ref.parse(text.get()).isEmpty()) {
            throw new JsonBody.Unusable("'ref' must be the name of a branch, or of a tag as refs/tags/NAME");
        }
        return text.flatMap(Ref::parse).map(Ref::toString);
    }

    private static SortedMap<String, String> variables(JsonNode json) throws JsonBody.Unusable {
        SortedMap<String, String> variables = new TreeMap<>();
        if (json.isMissingNode()) {
            return variables;
        }
        if (!json.isObject() || json.size() > MOST_VARIABLES) {
            throw new JsonBody.Unusable("'variables' must be an object of at most " + MOST_VARIABLES + " texts");
        }
        for (var variable : json.properties()) {
            String name = variable.getKey();
            if (!SubmitBuild.isVariable(name)) {
                throw new JsonBody.Unusable("'" + name + "' in 'variables' cannot be the name of a variable");
            }
            if (!variable.getValue().isTextual()
                    || variable.getValue().textValue().length() > LONGEST_VALUE) {
                throw new JsonBody.Unusable(
                        "'" + name + "' in 'variables' must be a text of at most " + LONGEST_VALUE + " characters");
            }
            variables.put(name, variable.getValue().textValue());
        }
        return variables;
    }

    private static SourceOf from(String label) throws JsonBody.Unusable {
        return SourceOf.parse(label)
                .orElseThrow(() -> new JsonBody.Unusable("'from' is one of "
                        + String.join(", ", SourceOf.labels()) + ", not '" + label + "'"
                        + Nearest.to(label, SourceOf.labels())
                                .map(near -> ", did you mean '" + near + "'?")
                                .orElse("")));
    }
}
