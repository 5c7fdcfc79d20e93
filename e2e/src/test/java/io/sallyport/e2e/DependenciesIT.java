package io.sallyport.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/dependencies.md} lists all that is shipped and all that builds it, and nothing else. */
class DependenciesIT {
    @ParameterizedTest
    @CsvSource({
        "gateway, ssh-gateway/target/sallyport/lib",
        "client, client-cli/target/sally/lib",
        "built-in transport, client-cli/target/sally/lib/mina"
    })
    void thePageListsWhatAPackageShips(String thePackage, String folder) throws IOException {
        assertEquals(
                jars(Repository.ROOT.resolve(folder)), DependencyPage.read().shippedIn(thePackage));
    }

    @Test
    void thePageListsWhatTheParentPomPins() throws Exception {
        DependencyPage page = DependencyPage.read();
        Set<String> pinned = ParentPom.read().pinned();
        Set<String> listed = named(page.rows());

        assertEquals(Set.of(), without(pinned, listed), "pinned but not listed");
        assertEquals(Set.of(), without(named(page.tools().stream()), pinned), "listed but not pinned");
    }

    @Test
    void eachHasItsReasonAndItsLicence() throws IOException {
        List<DependencyPage.Row> bare = DependencyPage.read()
                .rows()
                .filter(row -> row.why().isEmpty() || row.licence().isEmpty())
                .toList();

        assertEquals(List.of(), bare);
    }

    /** The jars of others in the folder, without their ending. */
    private static Set<String> jars(Path folder) throws IOException {
        String ownModule = Repository.modules().stream()
                .map(module -> module.getFileName().toString())
                .collect(Collectors.joining("|", "(sally(-mina)?|", ")(-[0-9].*)?"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString().replaceFirst("\\.jar$", ""))
                    .filter(name -> !name.matches(ownModule))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> named(Stream<DependencyPage.Row> rows) {
        return rows.map(DependencyPage.Row::named).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
