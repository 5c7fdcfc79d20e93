package io.sallyport.handlers.routes;

import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.store.ProjectStore;
import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.ProjectParts;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Route;
import io.sallyport.keys.DeployKeys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code PUT /projects/{p}}: makes a project or changes its settings. */
final class PutProject implements Handler {
    static final BodyForm BODY = BodyForm.json(
            String.join(", ", ProjectJson.FIELDS) + " {days, successes, bytes}; {} takes the defaults",
            "{\"description\":\"the web site\"}",
            "PUT /projects/web");

    private final Engine engine;
    private final DeployKeys keys;
    private final Supplier<List<Route>> routes;
    private final JsonBody json = new JsonBody();

    /** The routes are asked for when they are all there. */
    PutProject(Engine engine, DeployKeys keys, Supplier<List<Route>> routes) {
        this.engine = engine;
        this.keys = keys;
        this.routes = routes;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String name = request.variable("p");
        Optional<String> objection = objection(name);
        if (objection.isPresent()) {
            return new Response.Failed(Problem.badRequest(objection.get()));
        }
        if (!Project.isName(name)) {
            return new Response.Failed(Problem.badRequest("'" + name + "' is no name for a project: lower-case letters,"
                    + " digits, '.', '_', '-', segments parted by '/', 100 characters at most"));
        }
        try {
            ProjectSettings settings = ProjectJson.settings(json.object(request.body(), ProjectJson.FIELDS, BODY));
            if (engine.projects().project(name).isEmpty()) {
                keys.removeAll(name, request.identity()); // made while a project of that name was being removed, if any
            }
            ProjectStore.Put put = engine.projects().put(name, settings, request.identity());
            return new Response.Document(put.fresh() ? 201 : 200, ProjectJson.of(put.project()), ExitStatus.OK);
        } catch (JsonBody.Unusable e) {
            return new Response.Failed(e.problem());
        }
    }

    /** Told before the body is waited for: who meant a part of a project may have none. What is there can be changed. */
    private Optional<String> objection(String name) {
        return engine.projects().project(name).isPresent()
                ? Optional.empty()
                : ProjectParts.of(routes.get())
                        .objection(
                                name, other -> engine.projects().project(other).isPresent());
    }
}
