package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.retention.Retention;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code GET /builds/{id}}: one build, at once or when it has ended. */
final class ShowBuild implements Handler {
    static final Param<Boolean> WAIT = Param.flag("wait", "answer when it has ended; the exit status is its result");

    private final Engine engine;
    private final Followers followers;
    private final Retention retention;

    ShowBuild(Engine engine, Followers followers, Retention retention) {
        this.engine = engine;
        this.followers = followers;
        this.retention = retention;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, InterruptedException {
        if (!request.has(WAIT)) {
            return Response.Document.of(BuildJson.of(request.build(), retention.remains(request.build()), engine));
        }
        if (followers.full()) {
            return new Response.Failed(followers.refusal());
        }
        followers.enter();
        try {
            Build ended = engine.await(request.build());
            if (!ended.state().ended()) {
                return new Response.Failed(
                        Problem.of(503, "draining", "The gateway is going down", "the build goes on when it is back"));
            }
            return new Response.Document(
                    200, BuildJson.of(ended, retention.remains(ended), engine), ExitStatus.of(ended.state()));
        } finally {
            followers.leave();
        }
    }
}
