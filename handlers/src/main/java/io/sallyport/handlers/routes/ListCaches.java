package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.cache.CacheEntry;
import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /projects/{p}/caches}: what a project's builds have left for later ones. */
final class ListCaches implements Handler {
    private static final List<String> COLUMNS = List.of("key", "trust", "size", "saved", "used");

    private final Engine engine;

    ListCaches(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                engine.projects().caches(request.project()).stream()
                        .map(ListCaches::json)
                        .toList(),
                Optional.empty(),
                COLUMNS);
    }

    private static ObjectNode json(CacheEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", entry.key().name())
                .put("trust", entry.key().area().label())
                .put("size", entry.blob().bytes())
                .put("saved", Times.text(entry.saved()))
                .put("used", Times.text(entry.used()));
    }
}
