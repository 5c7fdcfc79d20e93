package io.sallyport.client.cli;

import io.sallyport.client.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sally keys}: one's own keys. */
@Command(
        name = "keys",
        abbreviateSynopsis = true,
        description = {
            "Lists the keys that let you in, or lets one in no more: its sessions end within five seconds.",
            "An administrator adds one: sally api POST /identities/NAME/keys < key.pub"
        })
final class KeysCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ls|rm", description = "What to do (ls).")
    private String what = "ls";

    @Parameters(index = "1", arity = "0..1", paramLabel = "FINGERPRINT", description = "SHA256:… as in the list.")
    private @Nullable String fingerprint;

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            description = "Why it is removed.")
    private @Nullable String reason;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    private final Session session;

    KeysCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (what.equals("ls")) {
            return session.shown(Request.of("GET", "/keys"));
        }
        if (!what.equals("rm") || fingerprint == null) {
            throw new ParameterException(spec.commandLine(), "it is 'keys', or 'keys rm FINGERPRINT'");
        }
        Request request = Request.of("DELETE", "/keys/" + Request.encodePath(fingerprint));
        return session.tell(reason == null ? request : request.with("reason", reason));
    }
}
