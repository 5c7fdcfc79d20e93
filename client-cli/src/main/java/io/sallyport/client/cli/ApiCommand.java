package io.sallyport.client.cli;

import io.sallyport.client.Body;
import io.sallyport.client.Request;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sally api}: any request, as it is; the answer too. */
@Command(
        name = "api",
        abbreviateSynopsis = true,
        description = "Sends one request and shows the answer as it is. The body of POST and PUT is standard input.")
final class ApiCommand implements Callable<Integer> {
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

    @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, PUT or DELETE.")
    private String method = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Such as /builds/42.")
    private String path = "";

    @Parameters(index = "2..*", paramLabel = "name=value", description = "Parameters.")
    private List<String> parameters = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    private final Session session;

    ApiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String verb = method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(verb)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + method + "' is no method, which is GET, POST, PUT or DELETE");
        }
        boolean terminal = session.surroundings().terminals().in();
        Body body = WITH_BODY.contains(verb) && !terminal
                ? Body.of(session.surroundings().in())
                : Body.none();
        Request request = new Request(
                Stream.concat(Stream.of(verb, path), parameters.stream()).toList());
        return session.client(true).stream(request, body, session.console().out());
    }
}
