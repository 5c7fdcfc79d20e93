package io.sallyport.builds.executor.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The machine's processes, as tests ask for them. */
public final class Processes {
    private Processes() {}

    /** How many live that have this among their arguments. */
    public static long with(String argument) {
        return with(argument, "");
    }

    /** The same, of those that also have something anywhere in their arguments. */
    static long with(String argument, String mention) {
        return ProcessTable.all().stream()
                .filter(each -> arguments(each).contains(argument))
                .filter(each -> String.join(" ", arguments(each)).contains(mention))
                .filter(HostProcess::lives)
                .count();
    }

    /** How many have this anywhere in their arguments. */
    static long mentioning(String text) {
        return ProcessTable.all().stream()
                .filter(each -> String.join(" ", arguments(each)).contains(text))
                .count();
    }

    private static List<String> arguments(HostProcess process) {
        try {
            return List.of(Files.readString(process.folder().resolve("cmdline"), ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
