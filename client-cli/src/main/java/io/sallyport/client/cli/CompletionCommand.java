package io.sallyport.client.cli;

import io.sallyport.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sally completion}: what a shell asks to complete words. */
final class CompletionCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");
    private static final List<String> STATES =
            List.of("queued", "running", "succeeded", "failed", "canceled", "timedout", "errored");
    private static final int BUILDS = 50;

    private final Syntax syntax = new Syntax(
            "completion",
            this,
            "Prints a script that has the shell complete words of sally: commands, options, builds, artifacts and projects.",
            "bash: eval \"$(sally completion bash)\"   zsh: the same with zsh   fish: sally completion fish | source");
    private final Supplier<String> shell = syntax.word("SHELL", "bash, zsh or fish.");
    private final Supplier<List<String>> typed =
            syntax.rest("", "For 'words': what has been typed, the last word to be completed.");

    private final Session session;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (shell.get().equals("words")) {
            session.console().print(words());
            return ExitStatus.OK;
        }
        if (!SHELLS.contains(shell.get())) {
            throw syntax.wrong("'" + shell.get() + "' is none of bash, zsh and fish");
        }
        try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell.get())) {
            session.console().print(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
        return ExitStatus.OK;
    }

    /** What can stand in the place of the last word, a line each. What cannot be found out is left out, without a word. */
    private String words() throws InterruptedException {
        List<String> line = typed.get();
        CommandLine sally = syntax.spec().commandLine().getParent();
        List<String> before = line.isEmpty() ? List.of() : line.subList(0, line.size() - 1);
        String begun = line.isEmpty() ? "" : line.getLast();
        Optional<CommandLine> given = before.stream()
                .map(sally.getSubcommands()::get)
                .filter(Objects::nonNull)
                .findFirst();
        CommandLine command = given.orElse(sally);
        List<String> words = new ArrayList<>();
        String last = before.isEmpty() ? "" : before.getLast();
        if (last.equals("-P") || last.equals("--project")) {
            words.addAll(values(Request.of("GET", "/projects"), "name"));
        } else if (takesValue(command, last)) {
            words.addAll(value(last));
        } else if (begun.startsWith("-")) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                words.addAll(option.hidden() ? List.of() : List.of(option.names()));
            }
        } else if (given.isEmpty() || command.getCommandName().equals("help")) {
            words.addAll(sally.getSubcommands().keySet());
            words.addAll(given.isEmpty() ? List.of() : HelpTopics.names());
        } else {
            words.addAll(argument(command.getCommandName(), before));
        }
        return String.join(
                        "\n",
                        words.stream().filter(word -> word.startsWith(begun)).toList()) + "\n";
    }

    private static boolean takesValue(CommandLine command, String word) {
        OptionSpec option = command.getCommandSpec().findOption(word);
        return word.startsWith("-") && option != null && option.arity().min() > 0;
    }

    /** What an option takes; where it is not one of a few words there are none, and the shell offers files. */
    private static List<String> value(String option) {
        return switch (option) {
            case "-s", "--state" -> STATES;
            case "--jobs" -> List.of("failed", "all");
            case "--transport" -> List.of("ssh", "built-in");
            default -> List.of();
        };
    }

    private List<String> argument(String command, List<String> before) throws InterruptedException {
        Optional<String> build =
                before.stream().filter(word -> word.matches("[0-9]{1,18}")).findFirst();
        return switch (command) {
            case "get" ->
                build.isPresent()
                        ? values(Request.of("GET", "/builds/" + build.get() + "/artifacts"), "path")
                        : builds();
            case "log", "wait", "show", "cancel", "retry" -> builds();
            case "secrets" -> List.of("ls", "set", "rm");
            case "keys" -> List.of("ls", "rm");
            case "completion" -> SHELLS;
            case "api" -> List.of("GET", "POST", "PUT", "DELETE");
            default -> List.of();
        };
    }

    private List<String> builds() throws InterruptedException {
        return values(Request.of("GET", "/builds").with("limit", BUILDS), "id");
    }

    private List<String> values(Request request, String member) throws InterruptedException {
        List<String> values = new ArrayList<>();
        try {
            session.quietly()
                    .get(request)
                    .document()
                    .path("items")
                    .forEach(item -> values.add(item.path(member).asText()));
        } catch (IOException e) {
            // The user is in the middle of a word, and can do nothing about it.
        }
        return values;
    }
}
