package io.sallyport.handlers.routes;

import io.sallyport.builds.secret.SecretStore;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /projects/{p}/secrets/{name}}: jobs that start from now on do not get it any more. */
final class DeleteSecret implements Handler {
    private final SecretStore secrets;

    DeleteSecret(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return secrets.remove(request.project(), name)
                ? new Response.Empty()
                : new Response.Failed(ShowSecret.absent(secrets, request.project(), name));
    }
}
