package io.sallyport.client.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sally help}: all commands, or one. */
final class ShowHelpCommand implements Command {
    private final Syntax syntax = new Syntax(
            "help",
            this,
            "Shows this help, or that of a command or a topic: settings, exit-status, ignore, connections.",
            "With --man: a manual page of it, as roff: sally help --man submit | man -l -");
    private final Supplier<Optional<String>> command = syntax.mayBe("COMMAND", "The command or topic.");
    private final Supplier<Boolean> man = syntax.flag("--man", "As a manual page.");

    private final Session session;

    ShowHelpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException {
        String name = command.get().orElse("");
        Optional<String> topic = HelpTopics.text(name);
        if (topic.isPresent()) {
            session.console().print(topic.get());
            return ExitStatus.OK;
        }
        CommandLine sally = syntax.spec().commandLine().getParent();
        CommandLine wanted = name.isEmpty() ? sally : sally.getSubcommands().get(name);
        if (wanted == null) {
            throw new ParameterException(
                    sally, "'" + name + "' is no command, and no topic: " + String.join(", ", HelpTopics.names()));
        }
        if (man.get()) {
            session.console().print(new ManualPage(wanted.getCommandSpec()).text());
        } else {
            wanted.usage(sally.getOut());
        }
        return ExitStatus.OK;
    }
}
