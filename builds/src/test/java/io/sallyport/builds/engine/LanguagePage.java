package io.sallyport.builds.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of the page that tells users what the build language is. */
final class LanguagePage {
    private static final Path PAGE = Path.of("..", "docs", "language.md");
    private static final Pattern QUOTED = Pattern.compile("`+([^`]+)`+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+(_[A-Z]+)*");

    /**
     * A line of a table.
     *
     * @param name the heading that it stands under and its first cell: {@code Of a job: retry}
     * @param subject the words of the language that it is about
     * @param told the words of the language that are told of it; without those in capitals, which stand for others
     */
    record Row(String name, Set<String> subject, Set<String> told) {}

    private LanguagePage() {}

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String heading = "";
        boolean inTable = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ ", "");
            }
            if (line.startsWith("|---")) {
                inTable = true;
            } else if (!line.startsWith("|")) {
                inTable = false;
            } else if (inTable) {
                rows.add(row(heading, line));
            }
        }
        return rows;
    }

    private static Row row(String heading, String line) {
        String[] cells = line.split("\\|", 3);
        return new Row(
                heading + ": " + cells[1].replace("`", "").strip(),
                words(cells[1]),
                words(cells[2]).stream()
                        .filter(word -> !PLACEHOLDER.matcher(word).matches())
                        .collect(Collectors.toSet()));
    }

    private static Set<String> words(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .flatMap(quoted -> WORD.matcher(quoted.group(1)).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those words that stand nowhere in the text. */
    static Set<String> missing(Set<String> words, String text) {
        Set<String> there = WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(words);
        missing.removeAll(there);
        return missing;
    }
}
