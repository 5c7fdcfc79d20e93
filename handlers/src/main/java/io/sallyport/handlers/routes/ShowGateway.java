package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.EngineSettings;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.House;
import io.sallyport.handlers.LimitHits;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Route;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /}: what this is, what bounds it, and every route. */
final class ShowGateway implements Handler {
    private final Engine engine;
    private final House house;
    private final LimitHits hits;
    private final Supplier<List<Route>> routes;

    ShowGateway(Engine engine, House house, LimitHits hits, Supplier<List<Route>> routes) {
        this.engine = engine;
        this.house = house;
        this.hits = hits;
        this.routes = routes;
    }

    @Override
    public Response handle(Request request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", "sallyport");
        json.put("version", house.version());
        ObjectNode versions = json.putObject("versions");
        house.versions().forEach(versions::put);
        json.put("health", health());
        json.putObject("links")
                .put("whoami", "/whoami")
                .put("projects", "/projects")
                .put("builds", "/builds")
                .put("queue", "/queue")
                .put("help", "/help");
        engine.drain().ifPresent(drain -> PauseJson.describe(json.putObject("draining"), drain));
        limits(json.putObject("limits"));
        ObjectNode reached = json.putObject("limitsReached");
        hits.counts().forEach(reached::put);
        ObjectNode sandbox = json.putObject("sandbox");
        sandbox.put("kind", engine.isolation().kind());
        ArrayNode enforced = sandbox.putArray("enforced");
        engine.isolation().enforced().forEach(enforced::add);
        ArrayNode list = json.putArray("routes");
        for (Route route : routes.get()) {
            ObjectNode entry = list.addObject()
                    .put("method", route.method().name())
                    .put("path", route.path())
                    .put("access", route.access().label())
                    .put("summary", route.summary());
            route.body()
                    .ifPresent(body ->
                            entry.putObject("body").put("form", body.form()).put("example", body.example()));
            ArrayNode parameters = entry.putArray("parameters");
            for (Param<?> param : route.params()) {
                parameters.addObject().put("usage", param.usage()).put("summary", param.summary());
            }
        }
        return Response.Document.of(json);
    }

    /** In a word: whether builds are taken, and if not, why. */
    private String health() {
        if (house.disk().hasFailed()) {
            return "read-only";
        }
        return engine.drain().isPresent() ? "draining" : "ok";
    }

    private void limits(ObjectNode json) {
        EngineSettings settings = engine.settings();
        json.put("buildsAtOnce", settings.atOnce());
        json.put("queue", settings.queue());
        json.put("timeoutSeconds", settings.timeout().toSeconds());
        json.put("longestTimeoutSeconds", settings.longestTimeout().toSeconds());
        json.put("sourceBytes", settings.source().bytes());
        json.put("sourceEntries", settings.source().entries());
        json.put("artifactBytes", settings.artifactBytes());
    }
}
