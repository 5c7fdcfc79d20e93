package io.sallyport.client.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The table of commands, and what all of them share. */
@Command(
        name = "sally",
        abbreviateSynopsis = true,
        description = "Submits builds to a Sallyport gateway, and follows them, over ssh.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false)
final class Sally implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Option(
            names = {"-o"},
            paramLabel = "OPTION",
            description = "Before the command: the same as --ssh-option.")
    private List<String> sshOptions = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // Picocli acts on the option itself.
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    @SuppressWarnings("UnusedVariable") // Picocli acts on the option itself.
    private boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before a command runs.
    private CommandSpec spec;

    private Sally() {}

    /** Runs one command; returns its exit status. */
    static int run(Surroundings surroundings, String... args) {
        Sally sally = new Sally();
        Console console = new Console(surroundings);
        Session session = new Session(surroundings, console, sally.gateway, () -> sally.sshOptions);
        try (session) {
            return commandLine(sally, session, console).execute(args);
        } finally {
            console.close();
        }
    }

    private static CommandLine commandLine(Sally sally, Session session, Console console) {
        Complaints complaints = new Complaints(session, console);
        CommandLine commandLine = new CommandLine(sally);
        commandLine.getCommandSpec().version(VersionCommand.text());
        return commandLine
                .addSubcommand(new SubmitCommand(session))
                .addSubcommand(new LogCommand(session))
                .addSubcommand(new WaitCommand(session))
                .addSubcommand(new GetCommand(session))
                .addSubcommand(new ApiCommand(session))
                .addSubcommand(new VersionCommand(session))
                .addSubcommand(new ShowHelpCommand())
                .setOut(console.writer())
                .setErr(console.errorWriter())
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
