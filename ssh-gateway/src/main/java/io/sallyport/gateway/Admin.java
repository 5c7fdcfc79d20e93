package io.sallyport.gateway;

import io.sallyport.gateway.admin.AuditCommand;
import picocli.CommandLine.Command;

/** {@code sallyport admin}: what only the owner of the state directory can do, on the machine itself. */
@Command(
        name = "admin",
        description = "Local administration, by the owner of the state directory.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuditCommand.class,
            Backup.class,
            Check.class,
            GrantOnce.class,
            PolicyCommand.class,
            Restore.class,
            RotateSecretsKey.class
        })
final class Admin {}
