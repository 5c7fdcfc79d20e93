package io.sallyport.client.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs common commands against a program that plays ssh, so that the JVM can note what they need ({@code
 * -XX:AOTCacheOutput}) and has it ready at their next start.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** The argument is the program. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("sally-rehearsal");
        try {
            Files.writeString(folder.resolve("file"), "file");
            Map<String, String> environment =
                    Map.of("SALLY_SSH", args[0], "SALLY_HOST", "host", "SALLY_PROJECT", "web");
            for (List<String> words : List.of(
                    List.of("show", "1"),
                    List.of("ls"),
                    List.of("log", "1"),
                    List.of("wait", "1"),
                    List.of("get", "1"),
                    List.of("submit", "-d"),
                    List.of("nothing"))) {
                Surroundings surroundings = new Surroundings(
                        environment,
                        folder,
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Terminals.none());
                Sally.run(surroundings, words.toArray(String[]::new));
            }
        } finally {
            Files.delete(folder.resolve("file"));
            Files.delete(folder);
        }
    }
}
