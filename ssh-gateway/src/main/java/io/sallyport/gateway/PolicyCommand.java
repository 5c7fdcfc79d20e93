package io.sallyport.gateway;

import picocli.CommandLine.Command;

/** {@code sallyport admin policy}. */
@Command(
        name = "policy",
        description = "Who is let in and what they may do, as one file.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ExportPolicy.class, CheckPolicy.class, ImportPolicy.class})
final class PolicyCommand {}
