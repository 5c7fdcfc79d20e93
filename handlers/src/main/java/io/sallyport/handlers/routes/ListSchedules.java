package io.sallyport.handlers.routes;

import io.sallyport.builds.schedule.Schedules;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /projects/{p}/schedules}: a project's schedules, when each is due, and what came of it. */
final class ListSchedules implements Handler {
    private static final List<String> COLUMNS = List.of("name", "cron", "timezone", "ref", "owner", "enabled");

    private final Schedules schedules;
    private final ScheduleJson json;

    ListSchedules(Schedules schedules, ScheduleJson json) {
        this.schedules = schedules;
        this.json = json;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                schedules.list(request.project()).stream().map(json::of).toList(), Optional.empty(), COLUMNS);
    }
}
