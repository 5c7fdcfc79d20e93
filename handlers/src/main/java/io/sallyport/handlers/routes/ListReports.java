package io.sallyport.handlers.routes;

import io.sallyport.builds.outward.Reports;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /projects/{p}/reports}: who outside is told of a project's builds, and what came of it. */
final class ListReports implements Handler {
    private static final List<String> COLUMNS = List.of("name", "kind", "url", "repository", "waiting", "writtenBy");

    private final Reports reports;
    private final ReportJson json;

    ListReports(Reports reports, ReportJson json) {
        this.reports = reports;
        this.json = json;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                reports.list(request.project()).stream().map(json::of).toList(), Optional.empty(), COLUMNS);
    }
}
