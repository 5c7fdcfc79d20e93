package io.sallyport.handlers.routes;

import io.sallyport.builds.secret.SecretStore;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /projects/{p}/secrets}: which there are. Their values are given to jobs and to nobody else. */
final class ListSecrets implements Handler {
    private static final List<String> COLUMNS =
            List.of("name", "protected", "file", "masked", "version", "updated", "updatedBy");

    private final SecretStore secrets;

    ListSecrets(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                secrets.list(request.project()).stream().map(SecretJson::of).toList(), Optional.empty(), COLUMNS);
    }
}
