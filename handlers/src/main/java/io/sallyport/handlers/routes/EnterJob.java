package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.visit.Aim;
import io.sallyport.builds.visit.Entering;
import io.sallyport.builds.visit.Pass;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Ref;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code POST /builds/{id}/{job}/shell} and {@code POST /builds/{id}/{job}/ports/{port}}: lets somebody into a job that
 * runs, or has failed and is kept.
 */
final class EnterJob implements Handler {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final int LAST_PORT = 65_535;

    private final Engine engine;
    private final boolean toPort;

    private EnterJob(Engine engine, boolean toPort) {
        this.engine = engine;
        this.toPort = toPort;
    }

    static EnterJob withShell(Engine engine) {
        return new EnterJob(engine, false);
    }

    static EnterJob atPort(Engine engine) {
        return new EnterJob(engine, true);
    }

    @Override
    public Response handle(Request request) {
        Build build = request.build();
        if (build.trusted() && !mayTrust(build, request)) {
            return failed(Problem.forbidden("the ref of this build is protected, and you may not submit to it"));
        }
        OptionalInt port = toPort ? port(request.variable("port")) : OptionalInt.empty();
        if (toPort && port.isEmpty()) {
            return failed(Problem.badRequest("a port is a number from 1 to 65535"));
        }
        Aim aim = toPort ? new Aim.Port(port.getAsInt()) : new Aim.Shell();
        String job = request.variable("job");
        return switch (engine.enter(build, job, request.identity(), aim)) {
            case Entering.Admitted admitted -> admitted(request, build, job, port, admitted.pass());
            case Entering.NoSuchJob none ->
                failed(Problem.notFound("build " + build.id() + " has no job '" + job + "'" + near(build, job)));
            case Entering.NotBegun waiting ->
                failed(Problem.conflict(name(build, job) + " has not begun: it is "
                                + waiting.job().state().label() + "; try again when it runs")
                        .retryAfter(LATER));
            case Entering.NotNow now ->
                failed(Problem.conflict(name(build, job) + " is being prepared, or what it has left is being taken")
                        .retryAfter(SOON));
            case Entering.Over over -> failed(over(build, over.job()));
            case Entering.NoSuchPort none -> failed(noPort(build, job, port.orElse(0), none.declared()));
            case Entering.Full full ->
                failed(Problem.of(
                                429,
                                "too-many-visits",
                                "Too many are in jobs",
                                "as many as there may be, " + full.limit() + " (" + full.setting() + ")")
                        .retryAfter(LATER));
        };
    }

    private static Response admitted(Request request, Build build, String job, OptionalInt port, Pass pass) {
        if (!request.carriesBytes()) {
            pass.close();
            return failed(Problem.badRequest("this needs a channel of its own, with bytes both ways: ssh -t HOST "
                    + request.path().substring(1)));
        }
        return new Response.Entered(new JobEntrance(
                pass,
                build,
                job,
                request.asker(),
                port,
                port.isPresent() ? Optional.empty() : Optional.of(greeting(request, build, job, pass))));
    }

    private static Response failed(Problem problem) {
        return new Response.Failed(problem);
    }

    private static OptionalInt port(String text) {
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > LAST_PORT) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static String greeting(Request request, Build build, String job, Pass pass) {
        String stay = pass.keptUntil()
                .map(until -> "It has ended and is kept until " + Times.text(until)
                        + ", longer while you are here, but not for ever.")
                .orElse("It runs, and its end is the end of this shell; its log says that you were here.");
        return name(build, job) + " of " + build.project() + "; you are " + request.identity() + ".\n" + stay + "\n";
    }

    private static String name(Build build, String job) {
        return "job '" + job + "' of build " + build.id();
    }

    private static Problem over(Build build, Job job) {
        return Problem.of(
                410,
                "gone",
                "Gone",
                name(build, job.name()) + " is over, it " + became(job) + ", and is not kept: 'retry " + build.id()
                        + " \"jobs=" + job.name() + "\" keep-failed=10m' runs it again and keeps it if it fails");
    }

    private static String became(Job job) {
        return switch (job.state()) {
            case SUCCEEDED -> "has succeeded";
            case FAILED -> "has failed";
            case CANCELED -> "was canceled";
            case TIMEDOUT -> "ran too long";
            case ERRORED -> "is errored";
            case SKIPPED -> "was skipped";
            case QUEUED, MANUAL, DELAYED, RUNNING -> throw new IllegalArgumentException("not over: " + job.state());
        };
    }

    private static Problem noPort(Build build, String job, int port, List<Integer> declared) {
        return Problem.notFound(name(build, job) + " declares no port " + port + ": "
                + (declared.isEmpty()
                        ? "its spec has no 'ports'"
                        : "its spec has "
                                + String.join(
                                        ", ",
                                        declared.stream().map(String::valueOf).toList())));
    }

    private static String near(Build build, String name) {
        return Nearest.to(name, build.jobs().stream().map(Job::name).toList())
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("");
    }

    /** A job of a trusted build has secrets that only those may have to do with who may submit such builds. */
    private static boolean mayTrust(Build build, Request request) {
        return request.mayTrust(build.project(), build.request().ref().flatMap(Ref::parse));
    }
}
