package io.sallyport.client.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sally version}: the client's own; the gateway's is in {@code sally api GET /}. */
@Command(
        name = "version",
        abbreviateSynopsis = true,
        description = "Shows the version of sally; 'sally api GET /' shows the gateway's.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        session.console().print(session.json() ? "{\"version\":\"" + version() + "\"}\n" : text() + "\n");
        return ExitStatus.OK;
    }

    /** The version for people. */
    static String text() {
        return "sally " + version();
    }

    /** From the jar's manifest. */
    private static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}
