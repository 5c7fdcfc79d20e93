package io.sallyport.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two tables of {@code docs/dependencies.md}. */
record DependencyPage(List<Row> shipped, List<Row> tools) {
    /**
     * A line of a table.
     *
     * @param in the packages that have it; none for a tool
     */
    record Row(String artifact, String version, Set<String> in, String why, String licence) {
        private static Row of(List<String> cells) {
            boolean isShipped = cells.size() == 5;
            return new Row(
                    cells.get(0).replace("`", ""),
                    cells.get(1),
                    isShipped ? Set.of(cells.get(2).split(", ")) : Set.of(),
                    cells.get(cells.size() - 2),
                    cells.getLast());
        }

        /** The name as in a jar's file name. */
        String named() {
            return artifact + "-" + version;
        }
    }

    static DependencyPage read() throws IOException {
        List<Row> rows = Files.readAllLines(Repository.ROOT.resolve("docs/dependencies.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Row.of(cells(line)))
                .toList();
        return new DependencyPage(
                rows.stream().filter(row -> !row.in().isEmpty()).toList(),
                rows.stream().filter(row -> row.in().isEmpty()).toList());
    }

    /** All rows of both tables. */
    Stream<Row> rows() {
        return Stream.concat(shipped.stream(), tools.stream());
    }

    /** What one package ships, as {@code artifact-version}, in order. */
    Set<String> shippedIn(String thePackage) {
        return shipped.stream()
                .filter(row -> row.in().contains(thePackage))
                .map(Row::named)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
                .map(String::strip)
                .toList();
    }
}
