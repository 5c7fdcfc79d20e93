package io.sallyport.handlers.routes;

import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.secret.SecretPut;
import io.sallyport.builds.secret.SecretStore;
import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.io.IOException;
import java.util.Arrays;

/** {@code PUT /projects/{p}/secrets/{name}}: makes a secret, or gives it another value. */
final class PutSecret implements Handler {
    static final Param<Boolean> PROTECTED =
            Param.flag("protected", "for builds of protected refs only; else as it was, or false");
    static final Param<Boolean> FILE =
            Param.flag("file", "the variable is to have the path of a file with the value; else as it was, or false");
    static final Param<Boolean> MASKED = Param.flag("masked", "hide the value in logs; else as it was, or true");

    static final BodyForm BODY = BodyForm.file(
            "the value, a text; unless for a file, one newline at its end is left out",
            "PUT /projects/web/secrets/TOKEN",
            "token.txt");

    /** That much more can be a line's end, which does not count. */
    private static final int LINE_END = 2;

    private final SecretStore secrets;

    PutSecret(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        String name = request.variable("name");
        if (!Secret.isName(name)) {
            return new Response.Failed(Problem.badRequest("'" + name + "' is no name for a secret: letters, digits"
                    + " and '_', no digit first, 255 characters at most; CI, CI_… and SALLYPORT_… are the gateway's"));
        }
        Secret.RulesChange rules =
                new Secret.RulesChange(request.get(PROTECTED), request.get(FILE), request.get(MASKED));
        byte[] body = request.body().readNBytes(secrets.longest() + LINE_END + 1);
        SecretPut put = secrets.put(request.project(), name, rules, body, request.identity());
        Arrays.fill(body, (byte) 0);
        return switch (put) {
            case SecretPut.Stored stored ->
                new Response.Document(
                        stored.fresh() ? 201 : 200, SecretJson.of(stored.secret(), stored.remarks()), ExitStatus.OK);
            case SecretPut.Empty empty ->
                refused("the value is empty: pipe it in, such as ssh … PUT " + request.path() + " < FILE");
            case SecretPut.NoText none ->
                refused("the value is no text in UTF-8, or has a NUL character, which no variable can have;"
                        + " give it in base64");
            case SecretPut.TooLong tooLong -> tooLarge("a secret has at most " + tooLong.limit() + " bytes");
            case SecretPut.TooMuch tooMuch ->
                tooLarge("all secrets of a project have at most " + tooMuch.limit() + " bytes together");
            case SecretPut.TooMany tooMany ->
                new Response.Failed(Problem.conflict("a project has at most " + tooMany.limit() + " secrets"));
            case SecretPut.NoProject gone ->
                new Response.Failed(
                        Problem.notFound("no project '" + request.project().name() + "'"));
        };
    }

    private static Response refused(String detail) {
        return new Response.Failed(Problem.unprocessable("bad-secret", detail));
    }

    private static Response tooLarge(String detail) {
        return new Response.Failed(Problem.of(413, "too-large", "Too large", detail));
    }
}
