package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.schedule.Schedule;
import io.sallyport.builds.schedule.Schedules;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /projects/{p}/schedules/{name}}: removes a schedule; its builds stay. */
final class DeleteSchedule implements Handler {
    private final Schedules schedules;

    DeleteSchedule(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        if (schedules.remove(request.project(), name, request.identity())) {
            return new Response.Empty();
        }
        return new Response.Failed(Problem.notFound("no schedule '" + name + "'"
                + Nearest.to(
                                name,
                                schedules.list(request.project()).stream()
                                        .map(Schedule::name)
                                        .toList())
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse("")));
    }
}
