package io.sallyport.gateway;

import io.sallyport.builds.secret.SecretsKeys;
import io.sallyport.gateway.settings.ConfigFile;
import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.keys.Grant;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.IdentityStore.KeyAdded;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.PublicKeyRecord;
import io.sallyport.keys.Role;
import io.sallyport.keys.SigningKey;
import io.sallyport.keys.SqliteIdentityStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sallyport init}: makes a state directory and its first administrator. */
@Command(
        name = "init",
        description = "Makes a state directory, its keys, a settings file and the first administrator.",
        mixinStandardHelpOptions = true)
final class Init implements Callable<Integer> {
    /** Who makes the first administrator, as events tell it. */
    private static final String BY = "init";

    private static final int LONGEST_KEY_FILE = 64 * 1024;

    @Option(names = "--home", required = true, paramLabel = "DIR", description = "the state directory to make")
    private Path home = Path.of("");

    @Option(
            names = "--admin-key",
            required = true,
            paramLabel = "FILE.pub",
            description = "the public key of the first administrator")
    private Path adminKey = Path.of("");

    @Option(
            names = "--name",
            defaultValue = "admin",
            paramLabel = "NAME",
            description = "the name of the first administrator (default: ${DEFAULT-VALUE})")
    private String name = "admin";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, Refused {
        if (!Identity.isName(name)) {
            throw new Refused("'" + name + "' is no name for an identity: lower-case letters, digits, '.', '_', '-'");
        }
        String line = new KeyArgument(adminKey, LONGEST_KEY_FILE).read();
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        requireEmpty(state);
        boolean fresh = !Files.exists(state.root());
        state.create();
        try {
            HostKey hostKey = make(state, line);
            report(state, hostKey);
            return 0;
        } catch (IOException | Refused | RuntimeException e) {
            clear(state, fresh);
            throw e;
        }
    }

    private HostKey make(StateDirectory state, String line) throws IOException, Refused {
        try (IdentityStore identities = SqliteIdentityStore.open(state.keysDatabase())) {
            identities.put(
                    new Identity(
                            name,
                            Identity.Kind.PERSON,
                            List.of(
                                    Grant.allow(Role.ADMIN, ProjectGlob.EVERY),
                                    Grant.allow(Role.MAINTAINER, ProjectGlob.EVERY)),
                            false),
                    BY);
            PublicKeyRecord key = switch (identities.addKey(name, line, BY)) {
                case KeyAdded.Stored stored -> stored.key();
                case KeyAdded.AlreadyThere there -> there.key();
                case KeyAdded.Unacceptable bad -> throw new Refused(adminKey + ": " + bad.reason() + ": " + bad.hint());
                case KeyAdded.Taken taken -> throw new IllegalStateException("taken in a new store");
                case KeyAdded.NoIdentity none -> throw new IllegalStateException("no identity just made");
            };
            out().println("administrator " + name + " with " + key.fingerprint());
        }
        Files.writeString(
                state.config(),
                ConfigFile.template(),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        out().println("signing key " + SigningKey.open(state.signingKey()).fingerprint());
        SigningKey.open(state.userCaKey(), StateDirectory.USER_CA);
        SecretsKeys.make(state.secretsKey());
        // Last: a folder with a host key is one that init has finished.
        return HostKey.make(state.hostKey());
    }

    private void report(StateDirectory state, HostKey hostKey) {
        out().println("host key " + hostKey.fingerprint());
        out().println("known_hosts line: [HOST]:PORT " + hostKey.publicLine());
        out().println("settings " + state.config());
        out().println("next: " + System.getProperty("sallyport.command", "sallyport") + " serve --home "
                + state.root());
        out().flush();
    }

    private static void requireEmpty(StateDirectory state) throws IOException, Refused {
        if (!Files.exists(state.root())) {
            return;
        }
        if (!Files.isDirectory(state.root())) {
            throw new Refused(state.root() + " is not a folder");
        }
        if (state.isInitialised()) {
            throw new Refused(state.root() + " is a gateway's already; nothing was changed; next: "
                    + System.getProperty("sallyport.command", "sallyport") + " serve --home " + state.root());
        }
        try (var content = Files.list(state.root())) {
            if (content.findAny().isPresent()) {
                throw new Refused(state.root() + " is not empty: choose another folder; nothing was changed");
            }
        }
    }

    private static void clear(StateDirectory state, boolean all) throws IOException {
        try (var content = Files.list(state.root())) {
            for (Path file : content.toList()) {
                Files.deleteIfExists(file);
            }
        }
        if (all) {
            Files.deleteIfExists(state.root());
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
