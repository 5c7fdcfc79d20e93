package io.sallyport.handlers.routes;

import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Authority;
import io.sallyport.keys.AuthorityStore;
import io.sallyport.keys.AuthorityStore.Added;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** {@code POST /cas}: trusts a certificate authority, or changes its name and times. */
final class AddAuthority implements Handler {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 16 * 1024;

    static final BodyForm BODY = BodyForm.file("the authority's public key, as in a .pub file", "POST /cas", "ca.pub");

    static final Param<String> NAME = Param.text("name", LONGEST_NAME, "words for people");
    static final Param<Instant> NOT_BEFORE = Param.moment("not-before", "trusted from then on only");
    static final Param<Instant> NOT_AFTER = Param.moment("not-after", "trusted until then only");

    private final AuthorityStore authorities;

    AddAuthority(AuthorityStore authorities) {
        this.authorities = authorities;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException {
        Optional<Instant> from = request.get(NOT_BEFORE);
        Optional<Instant> until = request.get(NOT_AFTER);
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new Param.Malformed("not-after", "not-after must be later than not-before");
        }
        String line = new String(request.body().readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        return switch (authorities.add(line, request.get(NAME).orElse(""), from, until, request.identity())) {
            case Added.Stored stored -> document(201, stored.authority());
            case Added.Replaced replaced -> document(200, replaced.authority());
            case Added.Unacceptable bad ->
                new Response.Failed(Problem.unprocessable("bad-key", bad.reason() + ": " + bad.hint()));
        };
    }

    private Response document(int status, Authority authority) {
        boolean own = authorities.isOwn(authority.fingerprint());
        return new Response.Document(status, AuthorityJson.of(authority, own), ExitStatus.OK);
    }
}
