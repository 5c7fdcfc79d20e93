package io.sallyport.client.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * What one command takes, told to the command line library as the command's fields are made, each of which then has its value. The
 * library's annotations would say the same; but for each kind of them the JVM makes a class at every start, and all of it took a fifth
 * of one.
 *
 * <p>Names of options are as in its help, with a comma between: {@code -f,--follow}.
 */
final class Syntax {
    private final CommandSpec spec;
    private final ScopeType scope;

    private Syntax(CommandSpec spec, ScopeType scope) {
        this.spec = spec;
        this.scope = scope;
    }

    /** The syntax of the command, which takes nothing so far. */
    Syntax(String name, Callable<Integer> command, String... description) {
        this(CommandSpec.wrapWithoutInspection(command).name(name), ScopeType.LOCAL);
        spec.usageMessage().abbreviateSynopsis(true).description(description);
    }

    /** The same syntax, whose further options are those of all subcommands too. */
    Syntax everywhere() {
        return new Syntax(spec, ScopeType.INHERIT);
    }

    /** The help is to have the options in their order here, not by their names. */
    Syntax inOrder() {
        spec.usageMessage().sortOptions(false);
        return this;
    }

    /** Adds the options that show the help and this version, the first to subcommands too. */
    void tells(String version) {
        spec.usageMessage().synopsisSubcommandLabel("COMMAND");
        spec.version(version)
                .addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Shows this help.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
    }

    /** For the library. */
    CommandSpec spec() {
        return spec;
    }

    /** To be thrown when what was given cannot be meant. */
    ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** Whether the option is given. */
    Supplier<Boolean> flag(String names, String description) {
        return added(named(names).type(boolean.class).initialValue(false).description(description));
    }

    /** Which of two options is given; true for the first, and they exclude each other. */
    Supplier<Optional<Boolean>> either(String names, String description, String otherNames, String otherDescription) {
        OptionSpec first =
                named(names).type(boolean.class).description(description).build();
        OptionSpec second = named(otherNames)
                .type(boolean.class)
                .description(otherDescription)
                .build();
        spec.addArgGroup(ArgGroupSpec.builder().addArg(first).addArg(second).build());
        return () -> given(first) ? Optional.of(true) : given(second) ? Optional.of(false) : Optional.empty();
    }

    /** The text behind the option. */
    Supplier<Optional<String>> text(String names, String label, String description) {
        return option(String.class, names, label, description);
    }

    /** What is behind the option. */
    <T> Supplier<Optional<T>> option(Class<T> type, String names, String label, String description) {
        return optional(named(names).type(type).paramLabel(label).description(description));
    }

    /** What is said of a thing that is neither so nor so when nothing is said; the option alone says yes. */
    Supplier<Optional<Boolean>> choice(String names, String description) {
        return optional(named(names)
                .type(Boolean.class)
                .arity("0..1")
                .fallbackValue("true")
                .paramLabel("true|false")
                .description(description));
    }

    /** The texts behind the option each time. */
    Supplier<List<String>> texts(String names, String label, String description) {
        return added(several(names, label, description));
    }

    /** The same, where one can be several with commas between. */
    Supplier<List<String>> lists(String names, String label, String description) {
        return added(several(names, label, description).splitRegex(","));
    }

    /** The next word, which has to be there, as a number of a build. */
    Supplier<Long> build() {
        return next(Long.class, new BuildId(), "ID", "The build.");
    }

    /** The next word, which has to be there. */
    Supplier<String> word(String label, String description) {
        return next(String.class, text -> text, label, description);
    }

    /** The next word, if there is one. */
    Supplier<Optional<String>> mayBe(String label, String... description) {
        PositionalParamSpec word = positional(label, description).arity("0..1").build();
        spec.addPositional(word);
        return () -> Optional.ofNullable(word.getValue());
    }

    /** All further words; the help is silent about such without a label. */
    Supplier<List<String>> rest(String label, String description) {
        PositionalParamSpec words = PositionalParamSpec.builder()
                .index(spec.positionalParameters().size() + "..*")
                .arity("0..1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .initialValue(List.of())
                .paramLabel(label)
                .hidden(label.isEmpty())
                .description(description)
                .build();
        spec.addPositional(words);
        return words::getValue;
    }

    private <T> Supplier<T> next(Class<T> type, ITypeConverter<T> converter, String label, String description) {
        PositionalParamSpec word = positional(label, description)
                .required(true)
                .type(type)
                .converters(converter)
                .build();
        spec.addPositional(word);
        return word::getValue;
    }

    private PositionalParamSpec.Builder positional(String label, String... description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(spec.positionalParameters().size()))
                .type(String.class)
                .paramLabel(label)
                .description(description);
    }

    private OptionSpec.Builder named(String names) {
        return OptionSpec.builder(names.split(",")).scopeType(scope);
    }

    private OptionSpec.Builder several(String names, String label, String description) {
        return named(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .initialValue(List.of())
                .paramLabel(label)
                .description(description);
    }

    private <T> Supplier<T> added(OptionSpec.Builder builder) {
        OptionSpec option = builder.build();
        spec.addOption(option);
        return option::getValue;
    }

    private <T> Supplier<Optional<T>> optional(OptionSpec.Builder builder) {
        Supplier<T> value = added(builder);
        return () -> Optional.ofNullable(value.get());
    }

    private static boolean given(ArgSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }
}
