package io.sallyport.gateway;

import io.sallyport.gateway.backup.StateBackup;
import io.sallyport.gateway.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sallyport admin backup}: copies the state directory, while its gateway serves. */
@Command(
        name = "backup",
        description = "Copies the state directory into a folder, while its gateway serves or not. A folder that has an"
                + " earlier backup is brought up to date: blobs that it has are not copied again. The copy has the"
                + " gateway's keys and the key of secrets in it.",
        mixinStandardHelpOptions = true)
final class Backup implements Callable<Integer> {
    @Option(names = "--home", required = true, paramLabel = "DIR", description = "the state directory")
    private Path home = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "the folder of the backup")
    private Path to = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, Refused, InterruptedException {
        StateDirectory state = new StateDirectory(home.toAbsolutePath().normalize());
        Path folder = to.toAbsolutePath().normalize();
        if (!state.isInitialised()) {
            throw new Refused("there is no gateway in " + state.root());
        }
        if (folder.startsWith(state.root()) || state.root().startsWith(folder)) {
            throw new Refused("the backup must be outside of " + state.root());
        }
        try {
            StateBackup.Taken taken = new StateBackup(state, folder).make(Version.text(), Instant.now());
            spec.commandLine()
                    .getOut()
                    .println("backup in " + folder + ": " + taken.files() + " files and " + taken.blobs()
                            + " blobs, of which " + taken.bytes() + " bytes were copied now");
            return 0;
        } catch (IOException e) {
            throw new Refused("the backup in " + folder + " is not whole: " + e.getMessage());
        }
    }
}
