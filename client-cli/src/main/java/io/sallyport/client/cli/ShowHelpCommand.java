package io.sallyport.client.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sally help}: all commands, or one. */
@Command(
        name = "help",
        abbreviateSynopsis = true,
        description = {
            "Shows this help, or that of a command or a topic: settings, exit-status, ignore, connections.",
            "With --man: a manual page of it, as roff: sally help --man submit | man -l -"
        })
final class ShowHelpCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command or topic.")
    private @Nullable String command;

    @Option(
            names = {"--man"},
            description = "As a manual page.")
    private boolean man;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    private final Session session;

    ShowHelpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Optional<String> topic = command == null ? Optional.empty() : HelpTopics.text(command);
        if (topic.isPresent()) {
            session.console().print(topic.get());
            return ExitStatus.OK;
        }
        CommandLine sally = spec.commandLine().getParent();
        CommandLine wanted = command == null ? sally : sally.getSubcommands().get(command);
        if (wanted == null) {
            throw new ParameterException(
                    sally, "'" + command + "' is no command, and no topic: " + String.join(", ", HelpTopics.names()));
        }
        if (man) {
            session.console().print(new ManualPage(wanted.getCommandSpec()).text());
        } else {
            wanted.usage(sally.getOut());
        }
        return ExitStatus.OK;
    }
}
