package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Build;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.schedule.Schedule;
import io.sallyport.builds.schedule.ScheduleSettings;

/** Schedules as answers show them. What is absent is left out. */
final class ScheduleJson {
    private static final int NEXT = 5;

    private final Engine engine;

    ScheduleJson(Engine engine) {
        this.engine = engine;
    }

    ObjectNode of(Schedule schedule) {
        ScheduleSettings settings = schedule.settings();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", schedule.name())
                .put("cron", settings.cron().text())
                .put("timezone", settings.cron().zone().getId());
        settings.ref().ifPresent(ref -> json.put("ref", ref));
        if (!settings.variables().isEmpty()) {
            settings.variables().forEach(json.putObject("variables")::put);
        }
        settings.spec().ifPresent(spec -> json.put("spec", spec));
        json.put("from", settings.from().label());
        json.put("enabled", settings.enabled());
        json.put("owner", schedule.owner());
        json.put("written", Times.text(schedule.written()));
        ArrayNode next = json.putArray("next");
        schedule.next(NEXT).forEach(time -> next.add(Times.text(time)));
        schedule.paused().ifPresent(note -> note(json.putObject("paused"), note));
        schedule.last().ifPresent(made -> last(json.putObject("last"), made));
        schedule.problem().ifPresent(note -> note(json.putObject("problem"), note));
        return json;
    }

    private void last(ObjectNode json, Schedule.Made made) {
        json.put("build", made.build());
        json.put("due", Times.text(made.due()));
        engine.build(made.build()).map(Build::state).ifPresent(state -> json.put("state", state.label()));
    }

    private static void note(ObjectNode json, Schedule.Note note) {
        json.put("at", Times.text(note.at())).put("reason", note.words());
    }
}
