package io.sallyport.handlers.routes;

import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.IdentityStore.KeyAdded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code POST /identities/{name}/keys}: lets a public key, as in a {@code .pub} file, in as an identity. */
final class AddKey implements Handler {
    private static final int LONGEST = 16 * 1024;

    static final BodyForm BODY =
            BodyForm.file("a public key: one line as in a .pub file", "POST /identities/ann/keys", "ann.pub");

    private final IdentityStore identities;

    AddKey(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String line = new String(request.body().readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        return switch (identities.addKey(request.variable("name"), line, request.identity())) {
            case KeyAdded.Stored stored -> new Response.Document(201, IdentityJson.of(stored.key()), ExitStatus.OK);
            case KeyAdded.AlreadyThere there -> Response.Document.of(IdentityJson.of(there.key()));
            case KeyAdded.Taken taken ->
                new Response.Failed(
                        Problem.conflict("the key " + taken.fingerprint() + " belongs to another identity already"));
            case KeyAdded.Unacceptable bad ->
                new Response.Failed(Problem.unprocessable("bad-key", bad.reason() + ": " + bad.hint()));
            case KeyAdded.NoIdentity none -> new Response.Failed(ShowIdentity.missing(identities, none.name()));
        };
    }
}
