package io.sallyport.client.cli;

import io.sallyport.client.Answer;
import io.sallyport.client.Body;
import io.sallyport.client.Request;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally secrets}: the secrets of a project. */
final class SecretsCommand implements Command {
    private final Syntax syntax = new Syntax(
            "secrets",
            this,
            "Lists the secrets of the project, sets one, or removes one.",
            "A value is read from standard input, or asked for on a terminal without being shown; it never comes out again.");
    private final Supplier<Optional<String>> what = syntax.mayBe("ls|set|rm", "What to do (ls).");
    private final Supplier<Optional<String>> name = syntax.mayBe("NAME", "The secret.");
    private final Supplier<Optional<Boolean>> isProtected =
            syntax.choice("--protected", "Whether only builds of protected refs get it.");
    private final Supplier<Optional<Boolean>> file =
            syntax.choice("--file", "Whether the variable is to have the path of a file with the value.");
    private final Supplier<Optional<Boolean>> masked = syntax.choice("--masked", "Whether it is hidden in logs.");

    private final Session session;

    SecretsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = "/projects/" + Request.encodePath(session.project()) + "/secrets";
        String todo = what.get().orElse("ls");
        return switch (todo) {
            case "ls" -> session.shown(Request.of("GET", path));
            case "set" -> set(path + "/" + Request.encodePath(needed()));
            case "rm" -> session.tell(Request.of("DELETE", path + "/" + Request.encodePath(needed())));
            default -> throw syntax.wrong("'" + todo + "' is none of ls, set and rm");
        };
    }

    private String needed() {
        return name.get().orElseThrow(() -> syntax.wrong("the NAME of the secret is missing"));
    }

    private int set(String path) throws IOException, InterruptedException {
        Request request = with(Request.of("PUT", path), "protected", isProtected.get());
        request = with(with(request, "file", file.get()), "masked", masked.get());
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

    private static Request with(Request request, String name, Optional<Boolean> value) {
        return request.with(name, value.map(String::valueOf));
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
