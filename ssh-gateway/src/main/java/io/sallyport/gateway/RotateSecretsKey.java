package io.sallyport.gateway;

import io.sallyport.builds.secret.DamagedSecretException;
import io.sallyport.builds.secret.SecretsKeyException;
import io.sallyport.builds.secret.SecretsKeys;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sallyport admin rotate-secrets-key}: seals all secrets with a new key. */
@Command(
        name = "rotate-secrets-key",
        description = "Seals the secrets of all projects with a new key, while no gateway serves. When it is cut off,"
                + " nothing is lost: run it again, or start the gateway.",
        mixinStandardHelpOptions = true)
final class RotateSecretsKey implements Callable<Integer> {
    private static final int IN_USE = 75;

    @Option(names = "--home", required = true, paramLabel = "DIR", description = "the state directory")
    private Path home = Path.of("");

    @Option(
            names = "--forget-lost",
            description = "remove the secrets that the key file cannot open any more, and name them")
    private boolean forgetLost;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, Refused {
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        if (!state.isInitialised()) {
            throw new Refused("there is no gateway in " + state.root());
        }
        FileChannel lock = state.lock();
        if (lock == null) {
            throw new Refused("a gateway serves from " + state.root() + ": stop it first", IN_USE);
        }
        try (lock;
                Database database = Database.open(state.buildsDatabase(), Schema.MIGRATIONS)) {
            rotate(state, new SecretsKeys(database, state.secretsKey()));
        }
        return 0;
    }

    private void rotate(StateDirectory state, SecretsKeys keys) throws IOException, Refused {
        try {
            if (forgetLost) {
                keys.forgetLost().forEach(lost -> say("removed: " + lost.name() + " of " + lost.project()));
            }
            int count = keys.change();
            say(count + (count == 1 ? " secret is" : " secrets are") + " sealed with a new key: " + state.secretsKey());
            say("next: copy that file to where its last copy is");
        } catch (SecretsKeyException | DamagedSecretException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
