package io.sallyport.client.cli;

import io.sallyport.client.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally cancel}: ends a build. */
final class CancelCommand implements Command {
    private final Syntax syntax = new Syntax("cancel", this, "Ends a build: all of its processes are gone then.");
    private final Supplier<Long> id = syntax.build();
    private final Supplier<Optional<String>> reason = syntax.text("-r,--reason", "TEXT", "Why, for those who wonder.");

    private final Session session;

    CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Request request = Request.of("DELETE", "/builds/" + id.get());
        return session.tell(request.with("reason", reason.get()), BuildSentence::canceled);
    }
}
