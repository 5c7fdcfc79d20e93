package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.source.KnownManifest;
import io.sallyport.builds.source.MissingFiles;
import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code POST /projects/{p}/manifests}: keeps a manifest, and files that come with it, and tells which are missing then. */
final class PostManifest implements Handler {
    static final BodyForm BODY = BodyForm.file(
            "a manifest of a source, and behind it, if wanted, a tar of files that are named by their SHA-256",
            "POST /projects/web/manifests",
            "manifest");

    private final Engine engine;
    private final Quotas quotas;

    PostManifest(Engine engine, Quotas quotas) {
        this.engine = engine;
        this.quotas = quotas;
    }

    @Override
    public Response handle(Request request) throws IOException {
        try (QuotaTicket ticket = quotas.begin(request, request.project().name())) {
            if (ticket.refusal().isPresent()) {
                return new Response.Failed(ticket.refusal().get());
            }
            KnownManifest known = engine.know(request.project(), request.identity(), ticket.body());
            return switch (known) {
                case KnownManifest.Refused refused ->
                    new Response.Failed(ticket.refusal().orElseGet(() -> Refusals.problem(refused.refusal())));
                case KnownManifest.Kept kept ->
                    new Response.Records(
                            () -> new Lacking(kept.manifest(), kept.missing().open()), () -> ExitStatus.OK);
            };
        }
    }

    /** The manifest's name, then each file that is missing. */
    private static final class Lacking implements Response.RecordStream {
        private final MissingFiles missing;
        private @Nullable Blob manifest;

        Lacking(Blob manifest, MissingFiles missing) {
            this.manifest = manifest;
            this.missing = missing;
        }

        @Override
        public @Nullable JsonNode next() throws IOException {
            Blob first = manifest;
            manifest = null;
            return first != null
                    ? record("manifest", first.digest().toString())
                    : missing.next()
                            .map(digest -> record("missing", digest.toString()))
                            .orElse(null);
        }

        private static JsonNode record(String name, String value) {
            return JsonNodeFactory.instance.objectNode().put(name, value);
        }

        @Override
        public void close() throws IOException {
            missing.close();
        }
    }
}
