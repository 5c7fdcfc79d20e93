package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the machine's, not run yet.
 *
 * @param words of its command line
 * @param folder that it runs in
 */
record Program(List<String> words, Path folder) {
    static Program of(String... words) {
        return new Program(List.of(words), Path.of("/"));
    }

    /** Commands for the shell, which end at the first that fails. */
    static Program shell(String commands) {
        return of("sh", "-ec", commands);
    }

    /** Skips the test when the program is not installed; on a machine for CI that is a failure. */
    static void need(String name) {
        boolean found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        need(found, name + " is not installed");
    }

    /** The same for anything else that a test cannot do without. */
    static void need(boolean there, String otherwise) {
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(otherwise);
        }
        assumeTrue(there, otherwise);
    }

    Program in(Path other) {
        return new Program(words, other);
    }

    Program with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Program(all, folder);
    }

    /** Runs it to its end without any input. */
    Outcome run() throws IOException, InterruptedException {
        return run(new byte[0]);
    }

    Outcome run(byte[] input) throws IOException, InterruptedException {
        try (Running running = start()) {
            return running.give(input).end();
        }
    }

    Running start() throws IOException {
        return new Running(builder());
    }

    ProcessBuilder builder() {
        return new ProcessBuilder(words).directory(folder.toFile());
    }
}
