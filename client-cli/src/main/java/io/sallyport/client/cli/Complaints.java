package io.sallyport.client.cli;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where a failure becomes a sentence and an exit status. */
final class Complaints implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final Pattern INVALID = Pattern.compile(
            "Invalid value for (?:option '(?<option>[^']+)'|positional parameter at index \\S+)(?: \\([^)]*\\))?: (?<what>.*)",
            Pattern.DOTALL);

    /** Java's names of types, which are the library's too. */
    private static final Pattern NUMBER = Pattern.compile("is not an? (?:long|int)$");

    private static final Pattern EXCLUSIVE = Pattern.compile("Error: (.+) are mutually exclusive .*");

    private final Session session;
    private final Console console;

    Complaints(Session session, Console console) {
        this.session = session;
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandName();
        String help = command.equals("sally") ? "sally help" : "sally help " + command;
        String wrong = wrong(e);
        console.complain(wrong + (wrong.endsWith("?") ? " See '" : "; see '") + help + "'");
        return ExitStatus.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return switch (e) {
            case ClientException.Refused refused when session.json() || console.problemShown() -> refused.status();
            case ClientException.OutputClosed closed
            when ExitStatus.of(closed) == ExitStatus.BROKEN_PIPE -> ExitStatus.BROKEN_PIPE;
            case ClientException expected -> {
                console.complain(String.valueOf(expected.getMessage()));
                yield ExitStatus.of(expected);
            }
            case InterruptedException interrupted -> ExitStatus.INTERRUPTED;
            case IOException io -> {
                console.complain(io.getClass().getSimpleName() + ": " + io.getMessage());
                yield ExitStatus.INPUT_OUTPUT;
            }
            case Exception bug -> bug(bug);
        };
    }

    private int bug(Exception bug) {
        if (session.surroundings().environment().containsKey("SALLY_DEBUG")) {
            StringWriter trace = new StringWriter();
            bug.printStackTrace(new PrintWriter(trace));
            console.say(trace.toString());
        }
        console.complain("a fault of sally's own (" + bug + "): set SALLY_DEBUG=1 to see where, and report it");
        return ExitStatus.BUG;
    }

    /** What the library says, in our words: an argument by what is wrong with it, an option by its name. */
    private static String reworded(String message) {
        Matcher exclusive = EXCLUSIVE.matcher(message);
        if (exclusive.matches()) {
            return exclusive.group(1).replace(", ", " and ") + " exclude each other: give one of them";
        }
        Matcher invalid = INVALID.matcher(message);
        if (!invalid.matches()) {
            return message;
        }
        String what = NUMBER.matcher(invalid.group("what")).replaceFirst("is no whole number");
        return invalid.group("option") == null ? what : invalid.group("option") + ": " + what;
    }

    private static String wrong(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().getFirst();
            boolean command = e.getCommandLine().getParent() == null && !first.startsWith("-");
            Optional<String> instead = command ? GatewayWords.instead(unmatched.getUnmatched()) : Optional.empty();
            if (instead.isPresent()) {
                return "'" + first + "' is no command of sally's yet: '" + instead.get() + "' asks for it";
            }
            Optional<String> near = command
                    ? NearestCommand.to(first)
                    : unmatched.getSuggestions().stream().findFirst();
            String word = "'" + first + "' is not known here";
            return near.map(meant -> word + ": did you mean '" + meant + "'?").orElse(word);
        }
        String message = reworded(String.valueOf(e.getMessage()));
        return message.isEmpty()
                ? "wrong usage"
                : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
