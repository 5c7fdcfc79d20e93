package io.sallyport.e2e.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The schedules of project web.
 *
 * @param gateway that has it
 */
record Schedules(GatewayProcess gateway) {
    static final String PATH = "/projects/web/schedules";

    Outcome put(Ssh who, String name, String body) throws Exception {
        return who.run("PUT " + PATH + "/" + name, body);
    }

    JsonNode named(String name) throws Exception {
        for (JsonNode schedule : all()) {
            if (schedule.path("name").asText().equals(name)) {
                return schedule;
            }
        }
        throw new AssertionError("no schedule " + name);
    }

    /** What one has made. */
    List<JsonNode> builds(String name) throws Exception {
        return Json.each(gateway.admin().run("ls label.schedule=" + name).ok().items(), build -> build);
    }

    void removeAll() throws Exception {
        for (JsonNode schedule : all()) {
            gateway.admin()
                    .run("DELETE " + PATH + "/" + schedule.path("name").asText())
                    .ok();
        }
    }

    private JsonNode all() throws Exception {
        return gateway.admin().run("GET " + PATH).ok().items();
    }
}
