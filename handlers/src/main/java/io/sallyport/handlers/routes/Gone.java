package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Build;
import io.sallyport.builds.retention.Removal;
import io.sallyport.builds.retention.Retention;
import io.sallyport.builds.retention.What;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;
import java.util.Optional;

/** What a build has lost to retention: told with when and by which rule. */
final class Gone {
    private static final int STATUS = 410;

    private final Retention retention;

    Gone(Retention retention) {
        this.retention = retention;
    }

    /** The answer to a request for something that a build has lost; empty when it has not. */
    Optional<Response> answer(Build build, What what) {
        return retention.remains(build).lost(what).map(removal -> new Response.Failed(problem(removal)));
    }

    private static Problem problem(Removal removal) {
        String what = switch (removal.what()) {
            case ARTIFACTS -> "artifacts of job " + removal.job() + " in build " + removal.build() + " were";
            case SOURCE -> "the source of build " + removal.build() + " was";
            case LOG -> "the log of build " + removal.build() + " was";
            case BUILD -> "build " + removal.build() + " was";
        };
        Problem problem = Problem.of(
                STATUS,
                "gone",
                "Gone",
                what + " removed at " + Times.text(removal.at()) + " by the rule " + removal.rule());
        problem.extra().put("removed", Times.text(removal.at())).put("rule", removal.rule());
        return problem;
    }

    /** The facts of a removal, in the JSON of what has been removed. */
    static void describe(ObjectNode json, Removal removal) {
        json.put("expired", true).put("removed", Times.text(removal.at())).put("rule", removal.rule());
    }
}
