package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Fetching;
import io.sallyport.handlers.Request;
import io.sallyport.keys.Ref;
import java.util.Optional;

/**
 * The fetch of a submission's source, or the making of it. A ref that its repository tells is decided as if the
 * submitter had named it, but makes no build trusted: what a repository calls its branches is anybody's word.
 */
final class RequestedFetch implements Fetching {
    private static final int LONGEST_REF = 256;

    private final Request request;
    private final QuotaTicket ticket;

    RequestedFetch(Request request, QuotaTicket ticket) {
        this.request = request;
        this.ticket = ticket;
    }

    @Override
    public Optional<String> ref(String full) {
        return Ref.parse(full)
                .filter(ref -> full.length() <= LONGEST_REF && request.maySubmit(request.project(), Optional.of(ref)))
                .map(Ref::toString);
    }

    @Override
    public boolean more(long bytes) {
        return ticket.within(bytes);
    }
}
