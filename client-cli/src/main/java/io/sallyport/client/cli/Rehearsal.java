package io.sallyport.client.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs common commands against a program that plays ssh, so that the JVM can note what they need ({@code
 * -XX:AOTCacheOutput}) and has it ready at their next start.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** The argument is the program. */
    public static void main(String[] args) throws IOException {
        Path place = Files.createTempDirectory("sally-rehearsal");
        try {
            Path folder = Files.createDirectories(place.resolve("folder"));
            Path file = Files.createDirectory(folder.resolve("inner")).resolve("file");
            Files.writeString(file, "file");
            Files.createSymbolicLink(folder.resolve("link"), Path.of("inner"));
            Files.writeString(folder.resolve(".sally.yml"), "host: host\nproject: web\n");
            Map<String, String> environment = Map.of("SALLY_SSH", args[0], "XDG_CACHE_HOME", place.toString());
            for (List<String> words : List.of(
                    List.of("show", "1"),
                    List.of("ls"),
                    List.of("log", "1"),
                    List.of("wait", "1"),
                    List.of("get", "1"),
                    List.of("submit", "-d"),
                    List.of("submit", "-d"),
                    List.of("submit", "-f"),
                    List.of("nothing"))) {
                // Each submission is of something else.
                Files.writeString(file, "file of " + String.join(" ", words) + System.nanoTime());
                Surroundings surroundings = new Surroundings(
                        environment,
                        folder,
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Terminals.none());
                Main.run(surroundings, words.toArray(String[]::new));
            }
        } finally {
            remove(place);
        }
    }

    private static void remove(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
