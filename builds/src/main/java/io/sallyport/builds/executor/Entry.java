package io.sallyport.builds.executor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What somebody who is let into a job wants there. */
public sealed interface Entry {
    /**
     * A shell in the job's workspace, with the variables of the commands that run.
     *
     * @param terminal it has; without one it is {@code /bin/sh}, which takes commands from its input until that ends
     * @param environment besides that of the commands, and on top of it, such as {@code TERM}
     */
    record Shell(Optional<Terminal> terminal, Map<String, String> environment) implements Entry {
        /** Keeps the map from changing. */
        public Shell {
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        }
    }

    /**
     * A connection to a port that something of the job listens on, at its own loopback.
     *
     * @param number from 1 to 65,535
     */
    record Port(int number) implements Entry {}

    /**
     * The size of a terminal.
     *
     * @param columns 0 where that is not known
     * @param lines the same
     */
    record Terminal(int columns, int lines) {}
}
