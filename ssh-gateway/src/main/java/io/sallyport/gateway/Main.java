package io.sallyport.gateway;

import io.sallyport.builds.Nearest;
import io.sallyport.database.LibraryException;
import java.security.Security;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code sallyport}. */
@Command(
        name = "sallyport",
        description = "A build service with one door: SSH.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = "%nUsers need nothing but ssh: 'ssh -p PORT HOST help' says what can be asked.",
        subcommands = {Admin.class, Demo.class, Init.class, Lint.class, Serve.class})
final class Main {
    private static final int BAD_USAGE = 64;
    private static final int FAILED = 70;
    private static final int WRONG_CONFIGURATION = 78;

    private Main() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        CommandLine program = new CommandLine(new Main())
                .setParameterExceptionHandler((wrong, words) -> misused(wrong))
                .setExecutionExceptionHandler((failure, command, words) -> failed(failure, command))
                .setExpandAtFiles(false);
        if (arguments.length == 0) {
            program.usage(program.getErr());
            System.exit(BAD_USAGE);
        }
        // Ed25519 comes from BouncyCastle here; it is added once, before any part of SSH looks for it.
        Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
        System.exit(program.execute(asOptions(arguments)));
    }

    /** {@code help [COMMAND]} and {@code version} are what one types who does not know the options yet. */
    private static String[] asOptions(String[] arguments) {
        return switch (arguments[0]) {
            case "help" -> arguments.length == 1 ? new String[] {"--help"} : new String[] {arguments[1], "--help"};
            case "version" -> new String[] {"--version"};
            default -> arguments;
        };
    }

    private static int misused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("error: " + complaint(wrong));
        command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
        return BAD_USAGE;
    }

    private static String complaint(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(wrong.getMessage());
        }
        String word = unmatched.getUnmatched().getFirst();
        CommandLine command = unmatched.getCommandLine();
        boolean isCommand = !command.getSubcommands().isEmpty() && !word.startsWith("-");
        return (isCommand ? "unknown command '" : "unknown word '") + word + "'"
                + Nearest.to(
                                word,
                                isCommand
                                        ? command.getSubcommands().keySet()
                                        : command.getCommandSpec().optionsMap().keySet())
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse("");
    }

    private static int failed(Exception failure, CommandLine command) {
        if (failure instanceof Refused refused) {
            command.getErr().println("error: " + refused.getMessage());
            return refused.status();
        }
        if (failure instanceof LibraryException) {
            command.getErr().println("error: " + failure.getMessage());
            return WRONG_CONFIGURATION;
        }
        LoggerFactory.getLogger(Main.class).error("{} failed", command.getCommandName(), failure);
        command.getErr().println("error: " + failure.getMessage());
        return FAILED;
    }
}
