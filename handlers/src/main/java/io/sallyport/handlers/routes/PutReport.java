package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.outward.Report;
import io.sallyport.builds.outward.ReportPut;
import io.sallyport.builds.outward.ReportSettings;
import io.sallyport.builds.outward.Reports;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.io.IOException;

/** {@code PUT /projects/{p}/reports/{name}}: makes a report, or replaces it; a token that is not given stays. */
final class PutReport implements Handler {
    private final Reports reports;
    private final ReportJson json;
    private final JsonBody body = new JsonBody();

    PutReport(Reports reports, ReportJson json) {
        this.reports = reports;
        this.json = json;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String name = request.variable("name");
        if (!Report.isName(name)) {
            return new Response.Failed(Problem.badRequest("'" + name
                    + "' is no name for a report: lower-case letters, digits, '.', '_', '-', 64 characters at most"));
        }
        try {
            JsonNode wanted = body.object(request.body(), ReportForm.FIELDS, ReportForm.BODY);
            ReportSettings settings =
                    ReportForm.settings(wanted, request.project().name());
            return answer(
                    request,
                    reports.put(request.project(), name, settings, ReportForm.token(wanted), request.identity()));
        } catch (JsonBody.Unusable e) {
            return new Response.Failed(e.problem());
        }
    }

    private Response answer(Request request, ReportPut put) throws JsonBody.Unusable {
        return switch (put) {
            case ReportPut.Stored stored ->
                new Response.Document(stored.fresh() ? 201 : 200, json.of(stored.report()), ExitStatus.OK);
            case ReportPut.Off off ->
                refused(
                        "reports-off",
                        "Reports are off",
                        "the gateway reports to nobody; its operator can allow hosts (reports.allow)");
            case ReportPut.Forbidden forbidden ->
                refused("place-not-allowed", "Not a place to report to", forbidden.words());
            case ReportPut.Full full ->
                new Response.Failed(Problem.of(
                        429,
                        "too-many-reports",
                        "Too many reports",
                        "the project has " + full.limit() + " reports already (reports.perProject)"));
            case ReportPut.NoToken none ->
                throw new JsonBody.Unusable(
                        "give 'token', or with 'secret' the name of a secret of the project that has it");
            case ReportPut.TokenOfAnotherPlace other ->
                throw new JsonBody.Unusable("the token was given for another host: give it again");
            case ReportPut.NoSecret none ->
                throw new JsonBody.Unusable("the project has no secret '" + none.name() + "'");
            case ReportPut.NoProject gone ->
                new Response.Failed(
                        Problem.notFound("no project '" + request.project().name() + "'"));
        };
    }

    private static Response refused(String type, String title, String detail) {
        return new Response.Failed(Problem.of(403, type, title, detail));
    }
}
