package io.sallyport.handlers.routes;

import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Revocations;
import io.sallyport.keys.Revocations.Replaced;
import java.io.IOException;

/** {@code PUT /revocations}: puts a key revocation list, as {@code ssh-keygen -k} makes it, in place of the one before. */
final class PutRevocations implements Handler {
    static final BodyForm BODY =
            BodyForm.file("a key revocation list, as ssh-keygen -k writes it", "PUT /revocations", "krl");

    private final Revocations revocations;

    PutRevocations(Revocations revocations) {
        this.revocations = revocations;
    }

    @Override
    public Response handle(Request request) throws IOException {
        byte[] list = request.body().readNBytes(Revocations.LARGEST + 1);
        if (list.length > Revocations.LARGEST) {
            return new Response.Failed(Problem.of(
                    413, "too-large", "Too large", "the list is longer than " + Revocations.LARGEST + " bytes"));
        }
        return switch (revocations.replace(list, request.identity())) {
            case Replaced.InForce inForce -> Response.Document.of(AuthorityJson.of(inForce.summary()));
            case Replaced.Refused refused ->
                new Response.Failed(Problem.unprocessable(
                        "bad-krl",
                        "this revocation list cannot be used: " + refused.reason()
                                + "; the one before it is still in force. Make one with ssh-keygen -k"));
        };
    }
}
