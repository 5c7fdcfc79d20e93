package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.Submitted;
import io.sallyport.builds.retention.What;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.ProtectedRefs;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Ref;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /builds/{id}/retry}: a new build of the same source, linked to the old one. */
final class RetryBuild implements Handler {
    private static final int LONGEST_JOBS = 8192;

    static final Param<String> JOBS = Param.text(
            "jobs", LONGEST_JOBS, "all, failed, or names of jobs with commas between; what need not run is taken over");

    private final Engine engine;
    private final Followers followers;
    private final Quotas quotas;
    private final Gone gone;

    RetryBuild(Engine engine, Followers followers, Quotas quotas, Gone gone) {
        this.engine = engine;
        this.followers = followers;
        this.quotas = quotas;
        this.gone = gone;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        Optional<Response> lost = gone.answer(request.build(), What.SOURCE);
        if (lost.isPresent()) {
            return lost.get();
        }
        boolean follow = request.has(SubmitBuild.FOLLOW);
        if (follow && followers.full()) {
            return new Response.Failed(followers.refusal());
        }
        try (QuotaTicket ticket = quotas.begin(request, request.build().project())) {
            if (ticket.refusal().isPresent()) {
                return new Response.Failed(ticket.refusal().get());
            }
            Submitted submitted = engine.retry(
                    request.build(),
                    request.identity(),
                    trusted(request),
                    request.get(JOBS),
                    request.get(SubmitBuild.KEEP_FAILED));
            ticket.note(submitted);
            return switch (submitted) {
                case Submitted.Accepted accepted
                when follow -> FollowedBuild.of(engine, followers, accepted.build(), Optional.empty(), request);
                case Submitted.Accepted accepted -> SubmitBuild.accepted(accepted.build());
                case Submitted.Refused refused -> new Response.Failed(Refusals.problem(refused.refusal()));
            };
        }
    }

    /** A trusted build's is, when its ref is still protected and the caller may submit to that. */
    private boolean trusted(Request request) {
        Build old = request.build();
        Optional<Ref> ref = old.request().ref().flatMap(Ref::parse);
        return old.trusted()
                && request.mayTrust(old.project(), ref)
                && engine.projects()
                        .project(old.project())
                        .filter(project -> ProtectedRefs.cover(project, ref))
                        .isPresent();
    }
}
