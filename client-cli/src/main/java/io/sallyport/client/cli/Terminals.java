package io.sallyport.client.cli;

import java.io.Console;
import java.util.Optional;
import java.util.Set;

/**
 * Which streams are terminals.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 */
record Terminals(boolean in, boolean out, boolean err) {
    /** What the launcher found, {@code in}, {@code out} and {@code err} with commas between: Java cannot ask for each stream. */
    static final String PROPERTY = "sally.terminals";

    /** None of them. */
    static Terminals none() {
        return new Terminals(false, false, false);
    }

    /** Those of this process; without the launcher, all or none. */
    static Terminals ofProcess() {
        String found = System.getProperty(PROPERTY);
        if (found == null) {
            boolean all = Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
            return new Terminals(all, all, all);
        }
        Set<String> names = Set.of(found.isEmpty() ? new String[0] : found.split(","));
        return new Terminals(names.contains("in"), names.contains("out"), names.contains("err"));
    }
}
