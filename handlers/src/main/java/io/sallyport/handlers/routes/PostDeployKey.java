package io.sallyport.handlers.routes;

import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.DeployKey;
import io.sallyport.keys.DeployKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code POST /projects/{p}/deploy-keys}: makes a deploy key of a public key, or gives one another scope. */
final class PostDeployKey implements Handler {
    static final BodyForm BODY = BodyForm.file(
            "a public key: one line as in a .pub file",
            "POST /projects/web/deploy-keys name=ci verbs=submit",
            "ci.pub");

    private static final int LONGEST = 16 * 1024;

    private final DeployKeys keys;
    private final DeployKeyForm form;

    PostDeployKey(DeployKeys keys, DeployKeyForm form) {
        this.keys = keys;
        this.form = form;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        DeployKey.Wanted wanted = new DeployKey.Wanted(
                request.project().name(), form.name(request), request.identity(), form.scope(request));
        String line = new String(request.body().readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        return switch (keys.put(wanted, line)) {
            case DeployKeys.Put.Made made -> document(201, made.key());
            case DeployKeys.Put.Replaced replaced -> document(200, replaced.key());
            case DeployKeys.Put.Taken taken ->
                new Response.Failed(Problem.conflict("the key " + taken.fingerprint()
                        + " belongs to another identity already; make one of its own"));
            case DeployKeys.Put.NameTaken taken ->
                new Response.Failed(Problem.conflict(
                        "another deploy key is called '" + taken.name() + "' here; remove it, or choose another name"));
            case DeployKeys.Put.Unacceptable bad ->
                new Response.Failed(Problem.unprocessable("bad-key", bad.reason() + ": " + bad.hint()));
        };
    }

    private Response document(int status, DeployKey key) {
        return new Response.Document(status, DeployKeyJson.of(key, keys.use(key.fingerprint())), ExitStatus.OK);
    }
}
