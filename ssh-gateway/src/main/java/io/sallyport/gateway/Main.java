package io.sallyport.gateway;

import java.security.Security;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code sallyport}. */
@Command(
        name = "sallyport",
        description = "A build service with one door: SSH.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Init.class, Serve.class})
final class Main {
    private static final int BAD_USAGE = 64;
    private static final int FAILED = 70;

    private Main() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        CommandLine program = new CommandLine(new Main())
                .setParameterExceptionHandler((wrong, words) -> {
                    CommandLine command = wrong.getCommandLine();
                    command.getErr().println("error: " + wrong.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
                    command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
                    return BAD_USAGE;
                })
                .setExecutionExceptionHandler((failure, command, words) -> {
                    if (failure instanceof Refused refused) {
                        command.getErr().println("error: " + refused.getMessage());
                        return refused.status();
                    }
                    LoggerFactory.getLogger(Main.class).error("{} failed", command.getCommandName(), failure);
                    command.getErr().println("error: " + failure.getMessage());
                    return FAILED;
                });
        program.setExpandAtFiles(false);
        if (arguments.length == 0) {
            program.usage(program.getErr());
            System.exit(BAD_USAGE);
        }
        // Ed25519 comes from BouncyCastle here; it is added once, before any part of SSH looks for it.
        Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
        System.exit(program.execute(arguments));
    }
}
