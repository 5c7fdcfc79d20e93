package io.sallyport.client.cli;

import io.sallyport.client.ClientException;
import io.sallyport.client.Patience;
import io.sallyport.client.SshTarget;
import io.sallyport.client.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command: which gateway, and how to get there. */
final class GatewayOptions {
    @Option(
            names = {"-H", "--host"},
            paramLabel = "HOST",
            scope = ScopeType.INHERIT,
            description = "The gateway: HOST, USER@HOST or a name from your ssh configuration (SALLY_HOST).")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            scope = ScopeType.INHERIT,
            description = "Its port (SALLY_PORT).")
    private @Nullable Integer port;

    @Option(
            names = {"-P", "--project"},
            paramLabel = "PROJECT",
            scope = ScopeType.INHERIT,
            description = "The project (SALLY_PROJECT).")
    private @Nullable String project;

    @Option(
            names = {"-i", "--identity"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A private key for ssh to use.")
    private List<String> identities = List.of();

    @Option(
            names = {"--ssh-option"},
            paramLabel = "OPTION",
            scope = ScopeType.INHERIT,
            description = "An option for ssh's -o, such as ProxyJump=gate; may be repeated.")
    private List<String> sshOptions = List.of();

    @Option(
            names = {"--transport"},
            paramLabel = "ssh|built-in",
            scope = ScopeType.INHERIT,
            description =
                    "How to connect (SALLY_TRANSPORT): by your ssh program, or without one (ssh, where there is one).")
    private @Nullable String transport;

    @Option(
            names = {"--retry-for"},
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            description = "How long a lost connection is tried anew (300).")
    private int retryFor = 300;

    @Option(
            names = {"--json"},
            scope = ScopeType.INHERIT,
            description = "Shows what the gateway gave, as it is.")
    private boolean json;

    /** Whether to show what the gateway gave. */
    boolean json() {
        return json;
    }

    /** How long to try. */
    Patience patience() {
        return Patience.usual(Duration.ofSeconds(Math.max(0, retryFor)));
    }

    /** The options, over what is set elsewhere. */
    Settings settings(Settings elsewhere) throws ClientException {
        Settings flags =
                new Settings(Optional.ofNullable(host), Optional.ofNullable(port), Optional.ofNullable(project));
        if (port != null && (port < 1 || port > 65_535)) {
            throw new ClientException.BadSetting("--port", "a port is a number from 1 to 65535");
        }
        return flags.over(elsewhere);
    }

    /** How to connect, where that is set. */
    Optional<String> transport(Map<String, String> environment) {
        return Optional.ofNullable(transport)
                .or(() ->
                        Optional.ofNullable(environment.get("SALLY_TRANSPORT")).filter(kind -> !kind.isEmpty()));
    }

    /** How to call ssh. */
    SshTarget target(Settings settings, Map<String, String> environment, List<String> moreOptions)
            throws ClientException {
        String place = settings.host()
                .orElseThrow(() -> new ClientException.BadSetting(
                        "no host", "give -H HOST, set SALLY_HOST, or put 'host: HOST' into .sally.yml"));
        if (place.isBlank() || place.startsWith("-") || place.chars().anyMatch(c -> c <= ' ')) {
            throw new ClientException.BadSetting("host", "'" + place + "' is not the name of a host");
        }
        OptionalInt at = settings.port().map(OptionalInt::of).orElse(OptionalInt.empty());
        List<String> options =
                Stream.concat(moreOptions.stream(), sshOptions.stream()).toList();
        return new SshTarget(program(environment), place, at, identities, options);
    }

    /** A path that holds blanks is one word; {@code ssh -F file} is several. */
    private static List<String> program(Map<String, String> environment) {
        String program = environment.getOrDefault("SALLY_SSH", "").strip();
        if (program.isEmpty()) {
            return List.of("ssh");
        }
        return Files.exists(Path.of(program)) ? List.of(program) : List.of(program.split("\\s+"));
    }
}
