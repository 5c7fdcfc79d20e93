package io.sallyport.client.cli;

import io.sallyport.client.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally keys}: one's own keys. */
final class KeysCommand implements Command {
    private final Syntax syntax = new Syntax(
            "keys",
            this,
            "Lists the keys that let you in, or lets one in no more: its sessions end within five seconds.",
            "An administrator adds one: sally api POST /identities/NAME/keys < key.pub");
    private final Supplier<Optional<String>> what = syntax.mayBe("ls|rm", "What to do (ls).");
    private final Supplier<Optional<String>> fingerprint = syntax.mayBe("FINGERPRINT", "SHA256:… as in the list.");
    private final Supplier<Optional<String>> reason = syntax.text("-r,--reason", "TEXT", "Why it is removed.");

    private final Session session;

    KeysCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String todo = what.get().orElse("ls");
        if (todo.equals("ls")) {
            return session.shown(Request.of("GET", "/keys"));
        }
        if (!todo.equals("rm") || fingerprint.get().isEmpty()) {
            throw syntax.wrong("it is 'keys', or 'keys rm FINGERPRINT'");
        }
        Request request = Request.of(
                "DELETE", "/keys/" + Request.encodePath(fingerprint.get().get()));
        return session.tell(request.with("reason", reason.get()));
    }
}
