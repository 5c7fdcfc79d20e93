package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.Project;
import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;

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
                .orElseGet(() -> new Response.Failed(absent(secrets, request.project(), name)));
    }

    /** What is said of a secret that a project does not have. */
    static Problem absent(SecretStore secrets, Project project, String name) {
        List<String> names = secrets.list(project).stream().map(Secret::name).toList();
        return Problem.notFound("no secret '" + name + "'"
                + Nearest.to(name, names)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse(""));
    }
}
