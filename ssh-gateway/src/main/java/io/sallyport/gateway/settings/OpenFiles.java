package io.sallyport.gateway.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files this process may have open; each connection is one. */
public final class OpenFiles {
    /** What the gateway needs for itself: its databases, logs, running builds. */
    private static final long OF_ITS_OWN = 200;

    private static final Pattern LIMIT = Pattern.compile("Max open files +(\\d+)");

    private OpenFiles() {}

    /** The limit that the system sets; empty when there is none. */
    public static OptionalLong limit() throws IOException {
        Matcher matcher = LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** How many of so many may be connections: all but those of its own, and half of few. */
    public static long forConnections(long limit) {
        return Math.max(limit - OF_ITS_OWN, limit / 2);
    }
}
