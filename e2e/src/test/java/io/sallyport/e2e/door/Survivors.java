package io.sallyport.e2e.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that a build starts to outlive itself, known on this machine by a word that no other has. */
final class Survivors {
    /** How many {@link #script} starts. */
    static final int ALL = 3;

    private final String seconds = "1000." + System.nanoTime();

    /** A script that ignores every polite request to end, with a child in a session of its own and one without parents. */
    String script() {
        return background() + "\ntrap '' TERM HUP INT\nwhile :; do sleep " + seconds + "; done";
    }

    /** Only what is to go on behind the script's back. */
    String background() {
        return """
                (trap '' TERM HUP INT; setsid sleep %1$s >/dev/null 2>&1 &)
                ( (trap '' TERM HUP INT; exec sleep %1$s) & )
                until [ $(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -c '^%1$s$') -ge 2 ]; do sleep 0.02; done""".formatted(seconds);
    }

    /** How many there are now. */
    int count() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                count += isOne(process) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isOne(Path process) {
        try {
            String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return command.equals("sleep\0" + seconds + "\0");
        } catch (IOException e) {
            return false; // It has just ended.
        }
    }
}
