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
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The options of every command: which gateway, and how to get there. */
final class GatewayOptions {
    private static final int RETRY_FOR = 300;

    private final Supplier<Optional<String>> host;
    private final Supplier<Optional<Integer>> port;
    private final Supplier<Optional<String>> project;
    private final Supplier<List<String>> identities;
    private final Supplier<List<String>> sshOptions;
    private final Supplier<Optional<String>> transport;
    private final Supplier<Optional<Integer>> retryFor;
    private final Supplier<Boolean> json;

    /** The options become a part of the syntax; they have values once it has been parsed. */
    GatewayOptions(Syntax syntax) {
        this.host = syntax.text(
                "-H,--host",
                "HOST",
                "The gateway: HOST, USER@HOST or a name from your ssh configuration (SALLY_HOST).");
        this.port = syntax.option(Integer.class, "-p,--port", "PORT", "Its port (SALLY_PORT).");
        this.project = syntax.text("-P,--project", "PROJECT", "The project (SALLY_PROJECT).");
        this.identities = syntax.texts("-i,--identity", "FILE", "A private key for ssh to use.");
        this.sshOptions = syntax.texts(
                "--ssh-option", "OPTION", "An option for ssh's -o, such as ProxyJump=gate; may be repeated.");
        this.transport = syntax.text(
                "--transport",
                "ssh|built-in",
                "How to connect (SALLY_TRANSPORT): by your ssh program, or without one (ssh, where there is one).");
        this.retryFor = syntax.option(
                Integer.class, "--retry-for", "SECONDS", "How long a lost connection is tried anew (300).");
        this.json = syntax.flag("--json", "Shows what the gateway gave, as it is.");
    }

    /** Whether to show what the gateway gave. */
    boolean json() {
        return json.get();
    }

    /** How long to try. */
    Patience patience() {
        return Patience.usual(Duration.ofSeconds(Math.max(0, retryFor.get().orElse(RETRY_FOR))));
    }

    /** The options, over what is set elsewhere. */
    Settings settings(Settings elsewhere) throws ClientException {
        Settings flags = new Settings(host.get(), port.get(), project.get());
        int given = port.get().orElse(1);
        if (given < 1 || given > 65_535) {
            throw new ClientException.BadSetting("--port", "a port is a number from 1 to 65535");
        }
        return flags.over(elsewhere);
    }

    /** How to connect, where that is set. */
    Optional<String> transport(Map<String, String> environment) {
        return transport
                .get()
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
                Stream.concat(moreOptions.stream(), sshOptions.get().stream()).toList();
        return new SshTarget(program(environment), place, at, identities.get(), options);
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
