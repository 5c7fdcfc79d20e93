package io.sallyport.builds.spec;

import io.sallyport.builds.spec.files.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A spec with what is expected of it, in one file. Lines that begin with {@code #|} say for what it is read, and the
 * {@link Facts} that its plan must have; {@code #> PATH} begins another file of the source. All else is the spec.
 *
 * <pre>
 * #| ref refs/tags/v1          submitted for that ref
 * #| given NAME=value          with that variable
 * #| file .sallyport.yml       the spec's name; else .gitlab-ci.yml
 * #| alone                     the files of the source are not known
 * #| build.script: make        a fact
 * </pre>
 *
 * Jobs, what is left out, errors and notices are facts of which all must be expected.
 *
 * @param name of the file
 * @param spec its text
 * @param file the spec's name
 * @param ref submitted for
 * @param given variables of the submitter
 * @param files of the source; empty when they are not known
 * @param facts that are expected
 */
record Scenario(
        String name,
        String spec,
        String file,
        Optional<String> ref,
        Map<String, String> given,
        Optional<Map<String, String>> files,
        List<String> facts) {
    private static final String SAID = "#|";
    private static final String OTHER_FILE = "#> ";

    static Scenario read(Path path) throws IOException {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        List<String> said = new ArrayList<>();
        String current = "";
        files.put(current, new StringBuilder());
        for (String line : Files.readString(path).split("\n", -1)) {
            if (line.startsWith(OTHER_FILE)) {
                current = line.substring(OTHER_FILE.length());
                files.put(current, new StringBuilder());
            } else if (line.startsWith(SAID)) {
                said.add(line.substring(SAID.length()).strip());
            } else {
                files.get(current).append(line).append('\n');
            }
        }
        return of(path.getFileName().toString(), files, said);
    }

    private static Scenario of(String name, Map<String, StringBuilder> texts, List<String> said) {
        Map<String, String> given = new LinkedHashMap<>();
        values("given ", said).forEach(pair -> given.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        String file = values("file ", said).findFirst().orElse(".gitlab-ci.yml");
        Map<String, String> files = new LinkedHashMap<>();
        texts.forEach((path, text) -> files.put(path.isEmpty() ? file : path, text.toString()));
        return new Scenario(
                name,
                texts.get("").toString(),
                file,
                values("ref ", said).findFirst(),
                given,
                said.contains("alone") ? Optional.empty() : Optional.of(files),
                said.stream()
                        .filter(line -> !line.matches("alone|(given|file|ref) .*"))
                        .toList());
    }

    private static Stream<String> values(String word, List<String> said) {
        return said.stream().filter(line -> line.startsWith(word)).map(line -> line.substring(word.length()));
    }

    /** The same, with another text as the spec. */
    Scenario with(String text) {
        return new Scenario(name, text, file, ref, given, files, facts);
    }

    SpecResult result() {
        PlanContext context =
                Specs.context(ref, given, files.map(FolderOfTexts::of).orElseGet(SourceFiles::unknown));
        return Specs.read(file, spec.getBytes(StandardCharsets.UTF_8), context);
    }

    @Override
    public String toString() {
        return name;
    }
}
