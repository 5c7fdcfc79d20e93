package io.sallyport.gateway;

import io.sallyport.gateway.backup.StateRestore;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sallyport admin restore}: makes a state directory of a backup. */
@Command(
        name = "restore",
        description =
                "Makes a state directory of a backup, and checks every byte of it. Nothing is made of a backup that"
                        + " is damaged or not whole.",
        mixinStandardHelpOptions = true)
final class Restore implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "DIR", description = "the folder of the backup")
    private Path from = Path.of("");

    @Option(
            names = "--home",
            required = true,
            paramLabel = "DIR",
            description = "the state directory to make; it must not be there, or be empty")
    private Path home = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Refused {
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        try {
            StateRestore.Made made = new StateRestore(from.toAbsolutePath().normalize(), state).make();
            say("restored as of " + made.made().truncatedTo(ChronoUnit.MILLIS) + " (version " + made.product() + "): "
                    + made.files() + " files and " + made.blobs() + " blobs, all checked");
            say("next: " + System.getProperty("sallyport.command", "sallyport") + " admin check --home " + state.root()
                    + ", then serve; never while the gateway that it" + " is a copy of serves");
            return 0;
        } catch (IOException e) {
            throw new Refused("nothing is restored: " + e.getMessage());
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
