package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import java.util.List;
import java.util.Optional;

/** {@code GET /identities}: everybody, in the order of their names. */
final class ListIdentities implements Handler {
    private static final long USUAL = 100;
    private static final int MOST = 1000;
    private static final int LONGEST_NAME = 100;

    static final Param<Long> LIMIT = Param.number("limit", 1, MOST, "at most so many");
    static final Param<String> AFTER = Param.text("after", LONGEST_NAME, "go on after this cursor");

    private final IdentityStore identities;

    ListIdentities(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        String after = request.get(AFTER).orElse("");
        long limit = request.get(LIMIT).orElse(USUAL);
        List<Identity> found = identities.identities().stream()
                .filter(identity -> identity.name().compareTo(after) > 0)
                .limit(limit + 1)
                .toList();
        boolean more = found.size() > limit;
        List<Identity> shown = more ? found.subList(0, (int) limit) : found;
        return new Response.Page(
                shown.stream().map(IdentityJson::of).toList(),
                more ? Optional.of(shown.getLast().name()) : Optional.empty(),
                List.of("name", "kind", "locked", "grants"));
    }
}
