package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.Project;
import io.sallyport.builds.outward.Report;
import io.sallyport.builds.outward.Reports;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;

/** {@code GET /projects/{p}/reports/{name}}: one report, what waits of it, and what came of it. */
final class ShowReport implements Handler {
    private final Reports reports;
    private final ReportJson json;

    ShowReport(Reports reports, ReportJson json) {
        this.reports = reports;
        this.json = json;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return reports.list(request.project()).stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .<Response>map(report -> Response.Document.of(json.of(report)))
                .orElseGet(() -> new Response.Failed(missing(reports, request.project(), name)));
    }

    /** What is said of a report that a project does not have. */
    static Problem missing(Reports reports, Project project, String name) {
        List<String> names = reports.list(project).stream().map(Report::name).toList();
        return Problem.notFound("project " + project.name() + " has no report '" + name + "'"
                + Nearest.to(name, names)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse(""));
    }
}
