import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the Javadoc of a library, as a jar. A comment that is broken (a link that leads nowhere, a parameter that does not exist,
 * wrong HTML) ends it with 1 and makes none.
 *
 * <p>Run by the build: {@code java bin/LibraryDocs.java SOURCES LIBRARIES TITLE JAR PACKAGE…}; LIBRARIES is a folder of jars.
 */
final class LibraryDocs {
    private LibraryDocs() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[3]);
        Path pages = Files.createTempDirectory("javadoc");
        int status;
        try {
            List<String> options = List.of(
                    "-quiet", "-Werror", "-Xdoclint:all,-missing", "-notimestamp", "--no-fonts", "--release", "25", "-encoding", "UTF-8");
            List<String> places =
                    List.of("-sourcepath", args[0], "-cp", jars(Path.of(args[1])), "-windowtitle", args[2], "-d", pages.toString());
            status = run("javadoc", Stream.of(options, places, List.of(args).subList(4, args.length))
                    .flatMap(List::stream));
            if (status == 0) {
                Files.createDirectories(jar.toAbsolutePath().getParent());
                // One date for all entries: the same sources make the same jar.
                status = run(
                        "jar",
                        Stream.of("--create", "--file", jar.toString(), "--date", "2026-11-20T00:00:00Z", "-C", pages.toString(), "."));
            }
        } finally {
            remove(pages);
        }
        System.exit(status == 0 ? 0 : 1);
    }

    private static String jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static int run(String tool, Stream<String> words) {
        return ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, words.toArray(String[]::new));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
