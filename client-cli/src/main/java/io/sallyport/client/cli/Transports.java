package io.sallyport.client.cli;

import io.sallyport.client.ClientException;
import io.sallyport.client.SshProgram;
import io.sallyport.client.SshTarget;
import io.sallyport.client.Transport;
import io.sallyport.client.TransportFactory;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The ways to a gateway: the user's {@code ssh} program, or the built-in transport, where that is asked for or there is no such
 * program. The jars of the latter lie apart, and are on no class path until then: a start of sally does not pay for them.
 */
final class Transports {
    private static final String SSH = "ssh";
    private static final String BUILT_IN = "built-in";
    private static final String FOLDER = "mina";

    private final Surroundings surroundings;
    private final Optional<String> wanted;

    /** {@code wanted} is what the user has set. */
    Transports(Surroundings surroundings, Optional<String> wanted) {
        this.surroundings = surroundings;
        this.wanted = wanted;
    }

    Transport to(SshTarget target) throws ClientException {
        return switch (wanted.orElse("")) {
            case SSH -> new SshProgram(target);
            case BUILT_IN ->
                builtIn(target)
                        .orElseThrow(() -> new ClientException.BadSetting(
                                "--transport " + BUILT_IN,
                                "its libraries are not there (lib/" + FOLDER + "): install sally anew"));
            case "" -> {
                Optional<Transport> without = sshIsThere() ? Optional.empty() : builtIn(target);
                yield without.orElseGet(() -> new SshProgram(target));
            }
            default ->
                throw new ClientException.BadSetting(
                        "--transport", "'" + wanted.orElseThrow() + "' is neither " + SSH + " nor " + BUILT_IN);
        };
    }

    /** Whoever names a program means it, also when it is not there; and without a path the system has its own. */
    private boolean sshIsThere() {
        String path = surroundings.environment().get("PATH");
        return path == null
                || surroundings.environment().containsKey("SALLY_SSH")
                || Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, SSH)));
    }

    private Optional<Transport> builtIn(SshTarget target) throws ClientException {
        Optional<TransportFactory> factory = factory(Transports.class.getClassLoader());
        if (factory.isEmpty()) {
            List<URL> jars = jars();
            factory = jars.isEmpty()
                    ? Optional.empty()
                    : factory(new URLClassLoader(jars.toArray(URL[]::new), Transports.class.getClassLoader()));
        }
        if (factory.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    factory.get().to(target, surroundings.environment(), new QuietQuestion(surroundings.terminals())));
        } catch (ClientException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientException.BadSetting("ssh_config", "cannot be read: " + e.getMessage());
        }
    }

    private static Optional<TransportFactory> factory(ClassLoader loader) {
        return ServiceLoader.load(TransportFactory.class, loader).findFirst();
    }

    /** Those in the folder beside the jar that this class is in. */
    private static List<URL> jars() {
        URI own = URI.create(Transports.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(own).resolveSibling(FOLDER))) {
            for (Path file : files.sorted().toList()) {
                jars.add(file.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            return List.of();
        }
        return jars;
    }
}
