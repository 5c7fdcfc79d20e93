package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.Contents;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** {@code GET /builds/{id}/manifest}, {@code …/signature} and {@code …/provenance}: byte for byte as they were signed. */
final class ReadEvidence implements Handler {
    private final Engine engine;
    private final Function<Evidence, String> part;

    private ReadEvidence(Engine engine, Function<Evidence, String> part) {
        this.engine = engine;
        this.part = part;
    }

    static ReadEvidence manifest(Engine engine) {
        return new ReadEvidence(engine, Evidence::manifest);
    }

    static ReadEvidence signature(Engine engine) {
        return new ReadEvidence(engine, Evidence::signature);
    }

    static ReadEvidence provenance(Engine engine) {
        return new ReadEvidence(engine, evidence -> evidence.provenance() + "\n");
    }

    @Override
    public Response handle(Request request) {
        Optional<Evidence> evidence = engine.files().evidence(request.build());
        if (evidence.isEmpty()) {
            return new Response.Failed(missing(request.build()));
        }
        byte[] bytes = part.apply(evidence.get()).getBytes(StandardCharsets.UTF_8);
        return new Response.Bytes(Contents.of(bytes), 0, true, () -> ExitStatus.OK);
    }

    private static Problem missing(Build build) {
        String name = "build " + build.id();
        if (!build.state().ended()) {
            return Problem.conflict(
                    name + " has not ended; it is signed when it has: GET /builds/" + build.id() + " wait=true");
        }
        return Problem.notFound(
                Notary.vouchesFor(build.state())
                        ? name + " ended before this gateway signed builds: retry it to have it signed"
                        : name + " is " + build.state().label() + "; only builds that succeeded or failed are signed");
    }
}
