package io.sallyport.handlers.routes;

import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Credential;
import io.sallyport.keys.OwnAuthority;
import io.sallyport.keys.OwnAuthority.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code POST /certificates}: a short-lived certificate for the caller, on the key in the body. */
final class IssueCertificate implements Handler {
    private static final int LONGEST = 16 * 1024;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration USUAL = Duration.ofHours(8);

    static final BodyForm BODY =
            BodyForm.file("a public key, as in a .pub file", "POST /certificates", "other.pub > other-cert.pub");

    static final Param<Duration> VALID =
            Param.time("valid", SHORTEST, OwnAuthority.LONGEST, "for how long, 8h if not given");

    private final OwnAuthority authority;

    IssueCertificate(OwnAuthority authority) {
        this.authority = authority;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        Credential credential = request.principal().credential();
        if (credential.certificate().isPresent()) {
            return new Response.Failed(Problem.forbidden(
                    "a certificate cannot ask for another one: log in with the key that asked for it"));
        }
        if (credential.ceiling().isPresent()) {
            return new Response.Failed(Problem.forbidden("a deploy key cannot ask for certificates"));
        }
        Duration valid = request.get(VALID).orElse(USUAL);
        String line = new String(request.body().readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        return switch (authority.issue(request.principal().identity(), credential.fingerprint(), line, valid)) {
            case Issued.Signed signed -> new Response.Text(signed.line() + "\n", ExitStatus.OK);
            case Issued.Unacceptable bad ->
                new Response.Failed(Problem.unprocessable("bad-key", bad.reason() + ": " + bad.hint()));
            case Issued.Taken taken ->
                new Response.Failed(
                        Problem.conflict("the key " + taken.fingerprint() + " belongs to another identity"));
            case Issued.Untrusted untrusted ->
                new Response.Failed(Problem.conflict("the gateway's own authority " + untrusted.fingerprint()
                        + " is not trusted; an administrator can trust it again with POST /cas"));
        };
    }
}
