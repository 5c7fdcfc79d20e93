package io.sallyport.client.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command as a manual page (roff with the man macros), from what the help is made from. */
final class ManualPage {
    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    ManualPage(CommandSpec spec) {
        this.spec = spec;
    }

    String text() {
        String name = spec.parent() == null ? spec.name() : spec.parent().name() + "-" + spec.name();
        List<String> description = List.of(spec.usageMessage().description());
        line(".TH " + name.toUpperCase(Locale.ROOT) + " 1");
        line(".SH NAME");
        line(escaped(name) + " \\- " + escaped(description.isEmpty() ? name : description.getFirst()));
        line(".SH SYNOPSIS");
        line(".B " + escaped(spec.qualifiedName()));
        line("[OPTIONS]");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!parameter.hidden()) {
                line(escaped(
                        parameter.arity().min() == 0 ? "[" + parameter.paramLabel() + "]" : parameter.paramLabel()));
            }
        }
        line(".SH DESCRIPTION");
        for (String sentence : description) {
            line(escaped(sentence));
            line(".PP");
        }
        arguments();
        commands();
        line(".SH EXIT STATUS");
        line("See \\fBsally help exit\\-status\\fR.");
        return page.toString();
    }

    private void arguments() {
        line(".SH OPTIONS");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            entry(parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : spec.options()) {
            String names = String.join(", ", option.names());
            boolean flag = option.arity().max() == 0;
            entry(flag ? names : names + " " + option.paramLabel(), option);
        }
    }

    private void commands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        line(".SH COMMANDS");
        spec.subcommands().forEach((name, command) -> {
            line(".TP");
            line(".B " + escaped(name));
            line(escaped(command.getCommandSpec().usageMessage().description()[0]));
        });
    }

    private void entry(String head, ArgSpec argument) {
        if (!argument.hidden()) {
            line(".TP");
            line(".B " + escaped(head));
            line(escaped(String.join(" ", argument.description())));
        }
    }

    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
