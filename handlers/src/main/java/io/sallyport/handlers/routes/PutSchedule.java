package io.sallyport.handlers.routes;

import io.sallyport.builds.schedule.Schedule;
import io.sallyport.builds.schedule.ScheduleSettings;
import io.sallyport.builds.schedule.ScheduleStore;
import io.sallyport.builds.schedule.Schedules;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Ref;
import java.io.IOException;

/** {@code PUT /projects/{p}/schedules/{name}}: makes a schedule, or replaces it; who writes it is its owner. */
final class PutSchedule implements Handler {
    private final Schedules schedules;
    private final ScheduleJson json;
    private final JsonBody body = new JsonBody();

    PutSchedule(Schedules schedules, ScheduleJson json) {
        this.schedules = schedules;
        this.json = json;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String name = request.variable("name");
        if (!Schedule.isName(name)) {
            return new Response.Failed(
                    Problem.badRequest("'" + name + "' is no name for a schedule: lower-case letters,"
                            + " digits, '.', '_', '-', 64 characters at most"));
        }
        try {
            ScheduleSettings settings =
                    ScheduleForm.settings(body.object(request.body(), ScheduleForm.FIELDS, ScheduleForm.BODY));
            if (!request.maySubmit(request.project(), settings.ref().flatMap(Ref::parse))) {
                return new Response.Failed(Problem.forbidden(
                        "a schedule builds in the name of who writes it, and you may not submit such builds yourself"));
            }
            return switch (schedules.put(request.project(), name, settings, request.identity())) {
                case ScheduleStore.Put.Stored stored ->
                    new Response.Document(stored.fresh() ? 201 : 200, json.of(stored.schedule()), ExitStatus.OK);
                case ScheduleStore.Put.Full full ->
                    new Response.Failed(Problem.of(
                            429,
                            "too-many-schedules",
                            "Too many schedules",
                            "the project has " + full.limit() + " schedules already (schedules.perProject)"));
            };
        } catch (JsonBody.Unusable e) {
            return new Response.Failed(e.problem());
        }
    }
}
