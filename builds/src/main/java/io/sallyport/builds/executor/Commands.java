package io.sallyport.builds.executor;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one shell runs.
 *
 * @param lines run in order until one fails; each is parsed when its turn comes, and may itself have several lines
 * @param environment besides the order's, and before it where both have a name
 */
public record Commands(List<String> lines, Map<String, String> environment) {
    /** Keeps the collections from changing. */
    public Commands {
        lines = List.copyOf(lines);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** These lines, in the order's environment. */
    public static Commands of(List<String> lines) {
        return new Commands(lines, Map.of());
    }

    /**
     * Refuses what no shell can be given.
     *
     * @throws IOException when a line or a variable has a NUL character
     */
    public void check() throws IOException {
        for (String line : lines) {
            if (line.indexOf('\0') >= 0) {
                throw new IOException("a command has a NUL character, which no shell can take");
            }
        }
        JobOrder.checkEnvironment(environment);
    }
}
