package io.sallyport.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs, run to their end. */
final class Programs {
    private static final Path NOTHING = Path.of("/dev/null");

    private Programs() {}

    /**
     * Runs a program; what it prints is its answer.
     *
     * @throws IOException when it ends with another status than 0, with what it says
     */
    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(NOTHING.toFile())
                .start();
        String output;
        try (var stream = process.getInputStream()) {
            output = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        check(command, process, output);
        return output;
    }

    /** Runs a program from one file to another; its complaints go to the own ones. */
    static void pipe(List<String> command, Path input, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        check(command, process, "");
    }

    /** Runs a program that reads and says nothing. */
    static void run(List<String> command) throws IOException, InterruptedException {
        pipe(command, NOTHING, NOTHING);
    }

    /** Ends a process and waits for it. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What a program says of itself, on one line; a note when it is not there. */
    static String version(String... command) throws InterruptedException {
        try {
            return output(List.of(command)).lines().findFirst().orElse("");
        } catch (IOException | UncheckedIOException e) {
            return command[0] + ": not there";
        }
    }

    private static void check(List<String> command, Process process, String output)
            throws IOException, InterruptedException {
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status + ": " + output);
        }
    }
}
