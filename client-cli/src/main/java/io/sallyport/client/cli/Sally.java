package io.sallyport.client.cli;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The table of commands, and what all of them share. */
final class Sally implements Command {
    static final List<String> COMMANDS = List.of(
            "submit",
            "log",
            "wait",
            "get",
            "ls",
            "show",
            "top",
            "cancel",
            "retry",
            "events",
            "lint",
            "secrets",
            "keys",
            "login",
            "api",
            "completion",
            "version",
            "help");

    /** These tell of all others. */
    private static final Set<String> WITH_ALL = Set.of("help", "completion");

    private final Syntax syntax =
            new Syntax("sally", this, "Submits builds to a Sallyport gateway, and follows them, over ssh.").inOrder();
    private final GatewayOptions gateway = new GatewayOptions(syntax.everywhere());
    private final Supplier<List<String>> sshOptions =
            syntax.texts("-o", "OPTION", "Before the command: the same as --ssh-option.");

    private Sally() {
        syntax.tells(VersionCommand.text());
    }

    /** Runs one command; returns its exit status. */
    static int run(Surroundings surroundings, String... args) {
        Sally sally = new Sally();
        Console console = new Console(surroundings);
        Session session = new Session(surroundings, console, sally.gateway, sally.sshOptions);
        try (session) {
            return commandLine(sally, session, console, args).execute(args);
        } finally {
            console.close();
        }
    }

    private static CommandLine commandLine(Sally sally, Session session, Console console, String... args) {
        Complaints complaints = new Complaints(session, console);
        CommandLine commandLine = new CommandLine(sally.syntax().spec());
        commands(args)
                .forEach(name -> commandLine.addSubcommand(
                        new CommandLine(command(name, session).syntax().spec())));
        return commandLine
                .setOut(console.writer())
                .setErr(console.errorWriter())
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
    }

    /** Those that can be meant: to make known what each of them takes is half of the time of a start. */
    private static List<String> commands(String... args) {
        List<String> named =
                Arrays.stream(args).filter(COMMANDS::contains).distinct().toList();
        return named.isEmpty() || !Collections.disjoint(named, WITH_ALL) ? COMMANDS : named;
    }

    private static Command command(String name, Session session) {
        return switch (name) {
            case "submit" -> new SubmitCommand(session);
            case "log" -> new LogCommand(session);
            case "wait" -> new WaitCommand(session);
            case "get" -> new GetCommand(session);
            case "ls" -> new ListCommand(session);
            case "show" -> new ShowCommand(session);
            case "top" -> new TopCommand(session);
            case "cancel" -> new CancelCommand(session);
            case "retry" -> new RetryCommand(session);
            case "events" -> new EventsCommand(session);
            case "lint" -> new LintCommand(session);
            case "secrets" -> new SecretsCommand(session);
            case "keys" -> new KeysCommand(session);
            case "login" -> new LoginCommand(session);
            case "api" -> new ApiCommand(session);
            case "completion" -> new CompletionCommand(session);
            case "version" -> new VersionCommand(session);
            case "help" -> new ShowHelpCommand(session);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() {
        throw syntax.wrong("a command is missing");
    }
}
