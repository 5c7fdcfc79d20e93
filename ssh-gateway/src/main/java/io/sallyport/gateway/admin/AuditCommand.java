package io.sallyport.gateway.admin;

import picocli.CommandLine.Command;

/** {@code sallyport admin audit}. */
@Command(
        name = "audit",
        description = "The audit log.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = VerifyAudit.class)
public final class AuditCommand {}
