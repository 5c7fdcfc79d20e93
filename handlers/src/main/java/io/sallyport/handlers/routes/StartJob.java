package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.Starting;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Ref;
import java.util.Optional;

/** {@code POST /builds/{id}/start}: starts a job that waits for somebody, or for a time. */
final class StartJob implements Handler {
    private static final int LONGEST_NAME = 256;
    static final Param<String> JOB = Param.text("job", LONGEST_NAME, "the job to start; needed");

    private final Engine engine;

    StartJob(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        Build build = request.build();
        Optional<String> job = request.get(JOB);
        if (job.isEmpty()) {
            throw new Param.Malformed("job", "which job? give job=NAME, or type 'start " + build.id() + " NAME'");
        }
        if (build.trusted() && !mayTrust(build, request)) {
            return new Response.Failed(
                    Problem.forbidden("the ref of this build is protected, and you may not submit to it"));
        }
        return switch (engine.start(build, job.get(), request.identity())) {
            case Starting.Done done -> new Response.Document(202, BuildJson.of(done.build()), ExitStatus.OK);
            case Starting.NotWaiting not ->
                new Response.Failed(Problem.conflict("job '" + job.get() + "' of build " + build.id()
                        + " waits for nobody: it is " + not.job().state().label()));
            case Starting.NoSuchJob none ->
                new Response.Failed(Problem.notFound(
                        "build " + build.id() + " has no job '" + job.get() + "'" + near(build, job.get())));
            case Starting.TooLate late ->
                new Response.Failed(Problem.conflict("build " + build.id() + " has ended already: "
                        + late.build().state().label() + "; 'retry " + build.id() + " jobs=" + job.get()
                        + "' runs the job in a new build"));
        };
    }

    private static String near(Build build, String name) {
        return Nearest.to(name, build.jobs().stream().map(Job::name).toList())
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("");
    }

    /** What a job of a trusted build is given, only those may set free who may submit such builds, protected still or not. */
    private static boolean mayTrust(Build build, Request request) {
        return request.mayTrust(build.project(), build.request().ref().flatMap(Ref::parse));
    }
}
