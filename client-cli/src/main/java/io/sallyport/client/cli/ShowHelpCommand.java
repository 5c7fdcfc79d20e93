package io.sallyport.client.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sally help}: all commands, or one. */
@Command(name = "help", abbreviateSynopsis = true, description = "Shows this help, or that of a command.")
final class ShowHelpCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
    private @Nullable String command;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine sally = spec.commandLine().getParent();
        CommandLine wanted = command == null ? sally : sally.getSubcommands().get(command);
        if (wanted == null) {
            throw new ParameterException(sally, "'" + command + "' is no command");
        }
        wanted.usage(sally.getOut());
        return ExitStatus.OK;
    }
}
