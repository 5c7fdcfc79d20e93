package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.SpecAnswer;
import io.sallyport.builds.engine.SpecQuestion;
import io.sallyport.builds.spec.SpecResult;
import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.plan.PlanDot;
import io.sallyport.handlers.plan.PlanJson;
import io.sallyport.handlers.plan.PlanText;
import java.io.IOException;
import java.util.List;

/** {@code POST /lint}: the plan that a spec would give, or every error of it; nothing is built and nothing kept. */
final class LintSpec implements Handler {
    static final BodyForm BODY = BodyForm.file(
            "the text of a spec, or an archive as for a build, so that files are found that the spec includes",
            "lint file=.gitlab-ci.yml",
            ".gitlab-ci.yml");

    private static final int LONGEST_NAME = 256;

    static final Param<String> REF = Param.text("ref", LONGEST_NAME, "branch or tag that it is planned for; else main");
    static final Param<String> VARIABLES = SubmitBuild.VARIABLES;
    static final Param<String> FILE = Param.text(
            "file", LONGEST_NAME, "the spec's name, which tells the language; of an archive, the file that is meant");
    static final Param<String> FORMAT =
            Param.oneOf("format", List.of("json", "text", "dot"), "for programs, for people, or a graph for Graphviz");

    private final Engine engine;

    LintSpec(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        SpecQuestion question = new SpecQuestion(request.get(REF), SubmitBuild.variables(request), request.get(FILE));
        String format = request.get(FORMAT).orElse(request.terminal() ? "text" : "json");
        return switch (engine.check(request.identity(), question, request.body())) {
            case SpecAnswer.Refused refused -> new Response.Failed(Refusals.problem(refused.refusal()));
            case SpecAnswer.Checked checked ->
                switch (checked.result()) {
                    case SpecResult.Rejected rejected ->
                        new Response.Failed(Refusals.badSpec(checked.file(), rejected.errors()));
                    case SpecResult.Accepted accepted -> plan(checked.file(), accepted, format);
                };
        };
    }

    private static Response plan(String file, SpecResult.Accepted accepted, String format) {
        return switch (format) {
            case "text" -> new Response.Text(PlanText.of(file, accepted), ExitStatus.OK);
            case "dot" -> new Response.Text(PlanDot.of(accepted.plan()), ExitStatus.OK);
            default -> Response.Document.of(PlanJson.of(file, accepted));
        };
    }
}
