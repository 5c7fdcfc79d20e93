package io.sallyport.handlers;

import io.sallyport.builds.StalledException;
import io.sallyport.builds.blob.StorageFullException;
import io.sallyport.keys.CredentialCheck;
import io.sallyport.keys.Decision;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from a call to an answer, whatever the surface: find the route, check the parameters, decide access,
 * write the audit record, handle.
 */
public final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private static final Problem TOO_MANY = Problem.of(
                    429, "too-many-requests", "Too many requests", "as many requests as may run at once run already")
            .retryAfter(Duration.ofSeconds(5));

    private static final Problem TOO_MANY_FILES = Problem.of(
                    503,
                    "too-many-files",
                    "Too many open files",
                    "the gateway has as many files open as its machine allows; try again later, and tell its operator")
            .retryAfter(Duration.ofSeconds(5));

    private final RouteTable table;
    private final Gate gate;
    private final AuditLog audit;
    private final Metrics metrics;
    private final Bounds bounds;

    /**
     * What bounds requests.
     *
     * @param running places for those that run
     * @param hits told of each that is refused for a limit
     * @param disk nothing is changed once it has failed
     */
    public record Bounds(Pools running, LimitHits hits, Disk disk) {}

    /** Serves the routes of the table. */
    public Router(
            List<Route> routes,
            IdentityStore identities,
            CredentialCheck credentials,
            Targets targets,
            AuditLog audit,
            Metrics metrics,
            Bounds bounds) {
        this.table = new RouteTable(routes);
        this.gate = new Gate(identities, credentials, targets, ProjectParts.of(routes));
        this.audit = audit;
        this.metrics = metrics;
        this.bounds = bounds;
    }

    /**
     * Answers a call. Never throws for what a caller can cause; a bug is logged and answered with a problem of status
     * 500 that has the log line's reference.
     *
     * @throws InterruptedException when the peer is gone
     */
    public Answer handle(Call call) throws InterruptedException {
        Trail trail = new Trail(audit, metrics, call);
        Running running = new Running();
        boolean answered = false;
        try {
            Response response = response(call, trail, running);
            count(response, call);
            answered = true;
            return new Answer(response, trail, running);
        } finally {
            if (!answered) {
                running.end();
            }
        }
    }

    private void count(Response response, Call call) {
        if (response instanceof Response.Failed(Problem problem) && problem.isOfLimit()) {
            Caller caller = call.caller();
            bounds.hits().hit(problem.type(), Optional.of(caller.identity()), caller.address());
        }
    }

    private Response response(Call call, Trail trail, Running running) throws InterruptedException {
        try {
            return instance(answer(call, trail, running), call.path());
        } catch (Param.Malformed e) {
            trail.misunderstood("malformed");
            return failed(Problem.badRequest(e.detail()), call.path());
        } catch (StalledException e) {
            return failed(Problem.stalled(e.least(), e.window()), call.path());
        } catch (UncheckedIOException | IOException e) {
            return failed(storage(e, call), call.path());
        } catch (RuntimeException e) {
            return failed(bug(e, call), call.path());
        }
    }

    private Response answer(Call call, Trail trail, Running running)
            throws Param.Malformed, IOException, InterruptedException {
        Optional<RouteTable.Match> match = table.find(call.method(), call.path());
        if (match.isEmpty()) {
            trail.misunderstood("no such route");
            return new Response.Failed(table.unknown(call.method(), call.path()));
        }
        Route route = match.get().route();
        trail.found(route);
        Map<String, String> variables = match.get().variables();
        route.check(call.parameters());
        Gate.Passage passage = unlessReadOnly(gate.pass(call, route, variables), call);
        trail.decided(route.access().verb(), passage.decision());
        return switch (passage) {
            case Gate.Open open ->
                running.begin(bounds.running(), open.principal())
                        ? route.handler()
                                .handle(new Request(call, variables, open.principal(), open.found(), gate.asker(call)))
                        : new Response.Failed(TOO_MANY);
            case Gate.Shut shut -> new Response.Failed(shut.problem());
        };
    }

    private Gate.Passage unlessReadOnly(Gate.Passage passage, Call call) {
        return passage instanceof Gate.Open
                        && call.method().changes()
                        && bounds.disk().hasFailed()
                ? new Gate.Shut(Problem.readOnly(), new Decision.Deny("a disk has failed"))
                : passage;
    }

    private static Response instance(Response response, String path) {
        return response instanceof Response.Failed failed
                        && failed.problem().instance().isEmpty()
                ? failed(failed.problem(), path)
                : response;
    }

    private static Response failed(Problem problem, String path) {
        return new Response.Failed(problem.at(path));
    }

    private Problem storage(Exception e, Call call) {
        LOG.error("{} {} failed", call.method(), call.path(), e);
        if (bounds.disk().hasFailed()) {
            return Problem.readOnly();
        }
        String words = String.valueOf(e.getMessage());
        if (e instanceof StorageFullException || words.contains("No space left on device")) {
            return Problem.of(507, "storage-full", "No space left", "the gateway's disk is full; tell its operator");
        }
        return words.contains("Too many open files")
                ? TOO_MANY_FILES
                : Problem.of(503, "storage-failed", "Storage failed", "the gateway's storage failed; try again later");
    }

    private static Problem bug(RuntimeException e, Call call) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("bug {}: {} {}", reference, call.method(), call.path(), e);
        return Problem.of(
                500,
                "internal",
                "Internal error",
                "this is a fault of the gateway; its log says more under " + reference);
    }
}
