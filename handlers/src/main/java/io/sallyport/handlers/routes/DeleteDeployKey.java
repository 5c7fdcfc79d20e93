package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.DeployKeys;

/** {@code DELETE /projects/{p}/deploy-keys/{fingerprint}}: lets it in no more; sessions that came in with it end. */
final class DeleteDeployKey implements Handler {
    private final DeployKeys keys;

    DeleteDeployKey(DeployKeys keys) {
        this.keys = keys;
    }

    @Override
    public Response handle(Request request) {
        String fingerprint = request.variable("fingerprint");
        boolean here = keys.find(fingerprint)
                .filter(key -> key.project().equals(request.project().name()))
                .isPresent();
        return here && keys.remove(fingerprint, request.identity())
                ? new Response.Empty()
                : new Response.Failed(Problem.notFound("no deploy key " + fingerprint));
    }
}
