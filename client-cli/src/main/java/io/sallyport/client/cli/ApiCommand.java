package io.sallyport.client.cli;

import io.sallyport.client.Body;
import io.sallyport.client.Request;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code sally api}: any request, as it is; the answer too. */
final class ApiCommand implements Command {
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

    private final Syntax syntax = new Syntax(
            "api",
            this,
            "Sends one request and shows the answer as it is. The body of POST and PUT is standard input.");
    private final Supplier<String> method = syntax.word("METHOD", "GET, POST, PUT or DELETE.");
    private final Supplier<String> path = syntax.word("PATH", "Such as /builds/42.");
    private final Supplier<List<String>> parameters = syntax.rest("name=value", "Parameters.");

    private final Session session;

    ApiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String verb = method.get().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(verb)) {
            throw syntax.wrong("'" + method.get() + "' is no method, which is GET, POST, PUT or DELETE");
        }
        boolean terminal = session.surroundings().terminals().in();
        Body body = WITH_BODY.contains(verb) && !terminal
                ? Body.of(session.surroundings().in())
                : Body.none();
        Request request = new Request(Stream.concat(Stream.of(verb, path.get()), parameters.get().stream())
                .toList());
        return session.client(true).stream(request, body, session.console().out());
    }
}
