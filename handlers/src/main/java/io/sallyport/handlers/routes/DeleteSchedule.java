package io.sallyport.handlers.routes;

import io.sallyport.builds.schedule.Schedules;
import io.sallyport.handlers.Handler;
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
        return new Response.Failed(ShowSchedule.missing(schedules, request.project(), name));
    }
}
