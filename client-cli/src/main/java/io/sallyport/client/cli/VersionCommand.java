package io.sallyport.client.cli;

import java.io.IOException;
import java.util.Optional;

/** {@code sally version}: the client's own; the gateway's is in {@code sally api GET /}. */
final class VersionCommand implements Command {
    private final Syntax syntax =
            new Syntax("version", this, "Shows the version of sally; 'sally api GET /' shows the gateway's.");

    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
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
