package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.Project;
import io.sallyport.builds.schedule.Schedule;
import io.sallyport.builds.schedule.Schedules;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;

/** {@code GET /projects/{p}/schedules/{name}}: one schedule, when it is due, and what came of it. */
final class ShowSchedule implements Handler {
    private final Schedules schedules;
    private final ScheduleJson json;

    ShowSchedule(Schedules schedules, ScheduleJson json) {
        this.schedules = schedules;
        this.json = json;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return schedules.list(request.project()).stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst()
                .<Response>map(schedule -> Response.Document.of(json.of(schedule)))
                .orElseGet(() -> new Response.Failed(missing(schedules, request.project(), name)));
    }

    /** What is said of a schedule that a project does not have. */
    static Problem missing(Schedules schedules, Project project, String name) {
        List<String> names =
                schedules.list(project).stream().map(Schedule::name).toList();
        return Problem.notFound("project " + project.name() + " has no schedule '" + name + "'"
                + Nearest.to(name, names)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse(""));
    }
}
