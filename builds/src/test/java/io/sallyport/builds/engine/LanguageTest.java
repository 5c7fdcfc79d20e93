package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page about the build language promises, row by row, built on the process executor; see {@link BuiltScenario}. */
class LanguageTest {
    private static final String COMMIT = "5e1b8b3c0d0c4f7f9a3e2d1c0b9a8f7e6d5c4b3a";

    @TempDir
    static Path folder;

    private static EngineHouse house;
    private static int runs;

    @BeforeAll
    static void open() throws Exception {
        house = new EngineHouse(Files.createDirectory(folder.resolve("house")), 4);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void comesOutAsItSays(BuiltScenario scenario) throws Exception {
        List<String> facts = built(scenario);

        assertEquals(List.of(), BuiltFacts.against(scenario.facts(), facts), () -> String.join("\n", facts));
    }

    /** The expectation is one of what the row is about: without any line of that it does not hold. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void comesOutOtherwiseWithoutWhatItIsAbout(BuiltScenario scenario) throws Exception {
        assertFalse(scenario.without().isEmpty(), "no line is marked");
        for (BuiltScenario without : scenario.without()) {
            List<String> facts = built(without);
            assertFalse(
                    BuiltFacts.against(scenario.facts(), facts).isEmpty(),
                    () -> without + " it is the same:\n" + String.join("\n", facts));
        }
    }

    @Test
    void everyRowOfThePageHasItsScenarios() throws Exception {
        List<LanguagePage.Row> rows = LanguagePage.rows();
        List<String> wrong = new ArrayList<>();
        for (LanguagePage.Row row : rows) {
            List<BuiltScenario> about = scenarios().stream()
                    .filter(scenario -> scenario.rows().contains(row.name()))
                    .toList();
            String marked = about.stream()
                    .flatMap(scenario -> scenario.marked().stream())
                    .collect(Collectors.joining("\n"));
            String all = about.stream()
                    .flatMap(scenario -> scenario.lines().stream())
                    .collect(Collectors.joining("\n"));
            Set<String> missing = LanguagePage.missing(row.subject(), marked);
            Set<String> untold = LanguagePage.missing(row.told(), all);
            if (about.isEmpty()) {
                wrong.add(row.name() + " has no scenario");
            } else if (!missing.isEmpty() || !untold.isEmpty()) {
                wrong.add(row.name() + " has no marked line with " + missing + ", and nowhere " + untold);
            }
        }
        Set<String> known = rows.stream().map(LanguagePage.Row::name).collect(Collectors.toSet());
        scenarios()
                .forEach(scenario -> scenario.rows().stream()
                        .filter(row -> !known.contains(row))
                        .forEach(row -> wrong.add(scenario + " is of '" + row + "', which is no row")));

        assertTrue(rows.size() > 50, "the page has its tables");
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    private static List<String> built(BuiltScenario scenario) throws Exception {
        Path shared = Files.createDirectories(folder.resolve("shared-" + ++runs));
        String project = "group" + runs + "/web";
        byte[] source = zip(scenario.files(), text -> text.replace("group/web", project));
        Optional<Build> older = Optional.empty();
        if (scenario.before() != BuiltScenario.Before.NONE
                && submit(scenario, project, "1", shared, source) instanceof Submitted.Accepted accepted) {
            older = Optional.of(accepted.build());
            if (scenario.before() == BuiltScenario.Before.ENDED) {
                house.ended(accepted.build());
            } else {
                EngineHouse.until("the older build", () -> Files.exists(shared.resolve("running")));
            }
        }
        List<String> facts = new ArrayList<>();
        switch (submit(scenario, project, COMMIT, shared, source)) {
            case Submitted.Refused refused -> facts.addAll(BuiltFacts.of(refused.refusal()));
            case Submitted.Accepted accepted -> facts.addAll(BuiltFacts.of(house, house.ended(accepted.build())));
        }
        if (older.isPresent()) {
            facts.add("older: " + house.ended(older.get()).state().label());
        }
        return facts.stream().map(fact -> fact.replace("group" + runs, "group")).toList();
    }

    private static Submitted submit(BuiltScenario scenario, String project, String commit, Path shared, byte[] source)
            throws IOException {
        TreeMap<String, String> variables = new TreeMap<>(scenario.given());
        variables.put("SHARED", shared.toString());
        BuildRequest request = new BuildRequest(
                Optional.of(scenario.ref().orElse("refs/heads/main")),
                Optional.of(commit),
                new TreeMap<>(),
                variables,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        try (InputStream body = new ByteArrayInputStream(source)) {
            return house.engine()
                    .submit(new Submission(house.project(project), "ann", false, request, older -> true), body);
        }
    }

    private static byte[] zip(Map<String, String> files, UnaryOperator<String> change) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(change.apply(file.getValue()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static List<BuiltScenario> scenarios() throws IOException, URISyntaxException {
        return BuiltScenario.in(Path.of(Objects.requireNonNull(LanguageTest.class.getResource("scenarios"))
                .toURI()));
    }
}
