package io.sallyport.builds.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A spec that is built, with what is expected of that, in one file. Lines that begin with {@code #|} say how it is built,
 * and the {@link BuiltFacts} that there must be; {@code #> PATH} begins another file of the source. All else is the spec.
 *
 * <pre>
 * #| row Of a job: retry       the row of docs/language.md that it shows
 * #| ref refs/tags/v1          submitted for that ref; else for main
 * #| given NAME=value          with that variable
 * #| file .forge.yml           the spec's name; else .gitlab-ci.yml
 * #| after an ended one        the same has been built before; or: after a running one
 * #| jobs: a=succeeded         a fact
 * </pre>
 *
 * A line of the spec with {@code #-} at its end is one that the row is about: without it and what is nested in it, something
 * else comes out. So is a line that says the file. Jobs find a folder of their own in {@code $SHARED}, which is empty before the first build.
 *
 * @param name of the file
 * @param lines all of it
 */
record BuiltScenario(String name, List<String> lines) {
    private static final String SAID = "#| ";
    private static final String OTHER_FILE = "#> ";
    private static final String MARK = " #-";
    private static final String FILE = SAID + "file ";
    private static final String GITLAB = ".gitlab-ci.yml";

    /** Whether there is a build before. */
    enum Before {
        NONE,
        ENDED,
        RUNNING
    }

    static List<BuiltScenario> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(BuiltScenario::read)
                    .toList();
        }
    }

    private static BuiltScenario read(Path file) {
        try {
            return new BuiltScenario(file.getFileName().toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> rows() {
        return said("row ");
    }

    Optional<String> ref() {
        return said("ref ").stream().findFirst();
    }

    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        said("given ").forEach(pair -> given.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        return given;
    }

    Before before() {
        return said("after ").stream()
                .findFirst()
                .map(words -> words.equals("a running one") ? Before.RUNNING : Before.ENDED)
                .orElse(Before.NONE);
    }

    /** What is expected. */
    List<String> facts() {
        return said("").stream()
                .filter(line -> !line.isEmpty() && !line.matches("(row|ref|given|file|after) .*"))
                .toList();
    }

    private List<String> said(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(SAID + word))
                .map(line -> line.substring(SAID.length() + word.length()).strip())
                .toList();
    }

    /** The files of the source by their paths. */
    Map<String, String> files() {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        String current = said("file ").stream().findFirst().orElse(GITLAB);
        files.put(current, new StringBuilder());
        for (String line : lines) {
            if (line.startsWith(OTHER_FILE)) {
                current = line.substring(OTHER_FILE.length());
                files.put(current, new StringBuilder());
            } else if (!line.startsWith(SAID)) {
                files.get(current).append(line).append('\n');
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach((path, text) -> texts.put(path, text.toString()));
        return texts;
    }

    /** The lines that the row is about. */
    List<String> marked() {
        return lines.stream().filter(BuiltScenario::isMarked).toList();
    }

    private static boolean isMarked(String line) {
        return line.endsWith(MARK) || line.startsWith(FILE);
    }

    /** The same without one of these lines, for each of them. */
    List<BuiltScenario> without() {
        return IntStream.range(0, lines.size())
                .filter(at -> isMarked(lines.get(at)))
                .mapToObj(this::without)
                .toList();
    }

    private BuiltScenario without(int at) {
        List<String> fewer = new ArrayList<>(lines);
        String line = lines.get(at);
        fewer.set(at, line.equals(FILE + GITLAB) ? FILE + ".sallyport.yml" : line.startsWith(SAID) ? SAID : "");
        for (int below = at + 1; below < lines.size() && indent(lines.get(below)) > indent(line); below++) {
            fewer.set(below, ""); // so that other lines keep their numbers
        }
        return new BuiltScenario(name + " without" + line.replace(MARK, ""), fewer);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    @Override
    public String toString() {
        return name;
    }
}
