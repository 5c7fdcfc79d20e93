package io.sallyport.handlers.routes;

import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Metrics;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code GET /metrics}: measures for a collector such as Prometheus. */
final class ReadMetrics implements Handler {
    private final Metrics metrics;

    ReadMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Text(metrics.text(), ExitStatus.OK);
    }
}
