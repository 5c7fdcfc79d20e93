package io.sallyport.builds.executor.shell;

import java.util.ArrayList;
import java.util.List;

/** How the log says that a command starts: as a shell in a terminal would show it. */
public final class Announcement {
    private Announcement() {}

    /** The lines of a command, the first with a prompt, the others with that for a continued line. */
    public static List<String> of(String command) {
        List<String> lines = new ArrayList<>();
        for (String line : command.stripTrailing().split("\n", -1)) {
            lines.add((lines.isEmpty() ? "$ " : "> ") + line);
        }
        return lines;
    }
}
