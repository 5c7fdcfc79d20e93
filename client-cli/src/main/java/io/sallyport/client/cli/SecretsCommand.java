package io.sallyport.client.cli;

import io.sallyport.client.Answer;
import io.sallyport.client.Body;
import io.sallyport.client.Request;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sally secrets}: the secrets of a project. */
@Command(
        name = "secrets",
        abbreviateSynopsis = true,
        description = {
            "Lists the secrets of the project, sets one, or removes one.",
            "A value is read from standard input, or asked for on a terminal without being shown; it never comes out again."
        })
final class SecretsCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ls|set|rm", description = "What to do (ls).")
    private String what = "ls";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The secret.")
    private @Nullable String name;

    @Option(
            names = {"--protected"},
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether only builds of protected refs get it.")
    private @Nullable Boolean isProtected;

    @Option(
            names = {"--file"},
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether the variable is to have the path of a file with the value.")
    private @Nullable Boolean file;

    @Option(
            names = {"--masked"},
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether it is hidden in logs.")
    private @Nullable Boolean masked;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    private final Session session;

    SecretsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = "/projects/" + Request.encodePath(session.project()) + "/secrets";
        return switch (what) {
            case "ls" -> session.shown(Request.of("GET", path));
            case "set" -> set(path + "/" + Request.encodePath(needed()));
            case "rm" -> session.tell(Request.of("DELETE", path + "/" + Request.encodePath(needed())));
            default -> throw new ParameterException(spec.commandLine(), "'" + what + "' is none of ls, set and rm");
        };
    }

    private String needed() {
        return Optional.ofNullable(name)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "the NAME of the secret is missing"));
    }

    private int set(String path) throws IOException, InterruptedException {
        Request request = with(Request.of("PUT", path), "protected", isProtected);
        request = with(with(request, "file", file), "masked", masked);
        Answer answer = session.once(request, value());
        if (session.json()) {
            session.console().print(answer.text());
        } else {
            session.console().say("secret " + needed() + " has a value; builds get it from their next job on");
            answer.document()
                    .path("warnings")
                    .forEach(warning -> session.console().say(warning.asText()));
        }
        return answer.status();
    }

    private static Request with(Request request, String name, @Nullable Boolean value) {
        return value == null ? request : request.with(name, value.toString());
    }

    private Body value() {
        Console terminal = session.surroundings().terminals().in() ? System.console() : null;
        if (terminal == null) {
            return Body.of(session.surroundings().in());
        }
        char[] typed = terminal.readPassword("value of %s: ", needed());
        byte[] bytes = new String(typed == null ? new char[0] : typed).getBytes(StandardCharsets.UTF_8);
        if (typed != null) {
            Arrays.fill(typed, ' ');
        }
        return Body.of(bytes);
    }
}
