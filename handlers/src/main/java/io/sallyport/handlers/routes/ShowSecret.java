package io.sallyport.handlers.routes;

import io.sallyport.builds.secret.SecretStore;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code GET /projects/{p}/secrets/{name}}: all that can be known of a secret. */
final class ShowSecret implements Handler {
    private final SecretStore secrets;

    ShowSecret(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return secrets.find(request.project(), name)
                .<Response>map(secret -> Response.Document.of(SecretJson.of(secret)))
                .orElseGet(() -> new Response.Failed(absent(name)));
    }

    static Problem absent(String name) {
        return Problem.notFound("no secret '" + name + "'");
    }
}
