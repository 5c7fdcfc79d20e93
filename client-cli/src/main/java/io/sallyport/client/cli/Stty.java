package io.sallyport.client.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The terminal that the user sits at, whatever the three streams are, and its modes. */
final class Stty {
    static final File TERMINAL = new File("/dev/tty");

    private Stty() {}

    /** Runs {@code stty(1)} on it; returns what that prints. */
    static String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectInput(TERMINAL)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("stty ended with " + process.exitValue());
        }
        return said.strip();
    }
}
