package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.audit.AuditLog;
import io.sallyport.keys.audit.Checkpoint;
import java.io.IOException;

/** {@code GET /audit/checkpoint}: what the audit log is now, signed by the host key, to be kept elsewhere. */
final class ReadCheckpoint implements Handler {
    private final AuditLog audit;

    ReadCheckpoint(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public Response handle(Request request) throws IOException, InterruptedException {
        Checkpoint checkpoint = audit.checkpoint();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("seq", checkpoint.place().sequence())
                .put("hash", checkpoint.place().hash())
                .put("time", checkpoint.time());
        return Response.Document.of(checkpoint.addTo(json));
    }
}
