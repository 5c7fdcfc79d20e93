package io.sallyport.handlers.routes;

import io.sallyport.builds.outward.Reports;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /projects/{p}/reports/{name}}: removes a report, its token, and what it has not sent. */
final class DeleteReport implements Handler {
    private final Reports reports;

    DeleteReport(Reports reports) {
        this.reports = reports;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        if (reports.remove(request.project(), name, request.identity())) {
            return new Response.Empty();
        }
        return new Response.Failed(ShowReport.missing(reports, request.project(), name));
    }
}
