package io.sallyport.client.mina;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of an {@code ssh_config(5)} that are for one host: those of {@code Host} with a pattern that fits, of {@code Match all},
 * and of files that {@code Include} names. Any other {@code Match} is left out with its lines.
 */
final class ConfigFile {
    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*?)\\s*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final int DEPTH = 16;

    private final String host;
    private final Path folder;
    private final Path home;
    private final List<Line> lines = new ArrayList<>();

    /**
     * A keyword with its words.
     *
     * @param keyword in lower case
     * @param words without their quotes
     */
    record Line(String keyword, List<String> words) {
        /** The first word; empty when there is none. */
        String word() {
            return words.isEmpty() ? "" : words.getFirst();
        }

        /** {@code keyword words} or {@code keyword=words}; keyword is empty for what has not that form. */
        static Line of(String text) {
            Matcher matcher = LINE.matcher(text);
            if (!matcher.matches() || text.strip().startsWith("#")) {
                return new Line("", List.of());
            }
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(matcher.group(2));
            while (word.find()) {
                words.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
            return new Line(matcher.group(1).toLowerCase(Locale.ROOT), words);
        }
    }

    private ConfigFile(String host, Path folder, Path home) {
        this.host = host;
        this.folder = folder;
        this.home = home;
    }

    /** The lines for a host as the user named it; none when the file is not there. */
    static List<Line> lines(Path file, String host, Path home) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        ConfigFile config = new ConfigFile(host, folder == null ? home : folder, home);
        config.read(file, true, 0);
        return config.lines;
    }

    private void read(Path file, boolean within, int depth) throws IOException {
        if (!Files.isRegularFile(file) || depth > DEPTH) {
            return;
        }
        boolean applies = within;
        String whole = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String text : whole.lines().toList()) {
            Line line = Line.of(text);
            switch (line.keyword()) {
                case "host" -> applies = within && WildcardList.fits(host, line.words());
                case "match" -> applies = within && line.words().equals(List.of("all"));
                case "include" -> include(line.words(), applies, depth);
                default -> {
                    if (applies && !line.keyword().isEmpty()) {
                        lines.add(line);
                    }
                }
            }
        }
    }

    private void include(List<String> names, boolean applies, int depth) throws IOException {
        for (String name : names) {
            Path path = name.startsWith("~/") ? home.resolve(name.substring(2)) : folder.resolve(name);
            Path parent = path.getParent();
            Path last = path.getFileName();
            if (parent == null || last == null || !Files.isDirectory(parent)) {
                continue;
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, last.toString())) {
                for (Path file : sorted(found)) {
                    read(file, applies, depth + 1);
                }
            }
        }
    }

    private static List<Path> sorted(DirectoryStream<Path> found) {
        List<Path> files = new ArrayList<>();
        found.forEach(files::add);
        return files.stream().sorted().toList();
    }
}
