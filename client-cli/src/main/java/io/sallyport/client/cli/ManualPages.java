package io.sallyport.client.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the manual pages of all commands, for the archive. */
public final class ManualPages {
    private ManualPages() {}

    /** The argument is the folder, which is made. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (String command : Sally.COMMANDS) {
            write(folder.resolve("sally-" + command + ".1"), "help", "--man", command);
        }
        write(folder.resolve("sally.1"), "help", "--man");
    }

    private static void write(Path file, String... words) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                Map.of(),
                Path.of("/"),
                new ByteArrayInputStream(new byte[0]),
                page,
                OutputStream.nullOutputStream(),
                Terminals.none());
        if (Sally.run(surroundings, words) != ExitStatus.OK) {
            throw new IllegalStateException("no page " + file);
        }
        Files.write(file, page.toByteArray());
    }
}
