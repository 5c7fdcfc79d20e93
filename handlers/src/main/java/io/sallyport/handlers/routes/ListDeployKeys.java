package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.DeployKeys;
import java.util.List;
import java.util.Optional;

/** {@code GET /projects/{p}/deploy-keys}: a project's deploy keys, and what has been done with each. */
final class ListDeployKeys implements Handler {
    private static final List<String> COLUMNS = List.of("name", "fingerprint", "creator", "expires", "comment");

    private final DeployKeys keys;

    ListDeployKeys(DeployKeys keys) {
        this.keys = keys;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                keys.ofProject(request.project().name()).stream()
                        .map(key -> DeployKeyJson.of(key, keys.use(key.fingerprint())))
                        .toList(),
                Optional.empty(),
                COLUMNS);
    }
}
