package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.engine.Cancellation;
import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.Optional;

/** {@code DELETE /builds/{id}}: cancels a build; all its processes are gone within the grace time. */
final class CancelBuild implements Handler {
    private static final int LONGEST_REASON = 1000;

    static final Param<String> REASON = Param.text("reason", LONGEST_REASON, "why, for those who wonder");

    private final Engine engine;

    CancelBuild(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        return switch (engine.cancel(request.build(), request.identity(), request.get(REASON))) {
            case Cancellation.Done done -> document(200, done.build(), "is canceled");
            case Cancellation.UnderWay underWay ->
                document(
                        202,
                        underWay.build(),
                        "is being canceled: its processes are asked to end, by force after a grace time");
            case Cancellation.TooLate late ->
                new Response.Failed(Problem.conflict("build " + late.build().id() + " has ended already: "
                        + late.build().state().label()));
        };
    }

    private static Response document(int status, Build build, String outcome) {
        return new Response.Document(
                status, BuildJson.of(build), ExitStatus.OK, Optional.of("build " + build.id() + " " + outcome));
    }
}
