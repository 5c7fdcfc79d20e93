package io.sallyport.handlers.routes;

import io.sallyport.builds.Contents;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.SigningKey;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /signing-key}: a file of allowed signers (ssh-keygen(1)) with one line, which lets the key sign manifests
 * and nothing else; above it, in comments, the fingerprint and the key as a {@code .pub} file has it.
 */
final class ShowSigningKey implements Handler {
    private static final String SIGNER = "sallyport";

    private final SigningKey key;

    ShowSigningKey(SigningKey key) {
        this.key = key;
    }

    @Override
    public Response handle(Request request) {
        String text = "# " + key.fingerprint() + "\n# " + key.publicLine() + "\n" + SIGNER + " namespaces=\""
                + Notary.NAMESPACE + "\" " + key.publicLine() + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Response.Bytes(Contents.of(bytes), 0, false, () -> ExitStatus.OK);
    }
}
