package io.sallyport.builds.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pipelines of public repositories, where they are there: nearly all that stand alone can be planned. */
class CorpusTest {
    /** Beside the repository, or beside a folder that it is in. */
    private static Optional<Path> corpus() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve("shared/corpus/gitlab-ci"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    @Test
    void nearlyAllArePlanned() throws IOException {
        Optional<Path> corpus = corpus();
        assumeTrue(corpus.isPresent());
        List<String> refused = new ArrayList<>();
        int count = 0;
        try (Stream<Path> files = Files.list(corpus.get())) {
            for (Path file : files.sorted().toList()) {
                count++;
                SpecResult result = Specs.read(".gitlab-ci.yml", Files.readAllBytes(file));
                if (result instanceof SpecResult.Rejected rejected) {
                    refused.add(file.getFileName() + " " + rejected.errors());
                }
            }
        }
        System.out.println(String.join("\n", refused));
        assertTrue(refused.size() * 10 <= count, refused::toString);
    }
}
