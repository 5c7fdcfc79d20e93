package io.sallyport.client.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent of a folder to see the plan of its spec. */
class SpecSourceTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectory(folder.resolve("ci"));
        write("data.bin", "x".repeat(1000));
        write("ci/common.inc", "a: {script: a}\n");
        write("ci/more.yml", "b: {script: b}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "script: a\n",
                "include: /ci/*.yml\n",
                "include: [ci/more.yml, {local: 'ci/**.yaml'}, {project: a/b, file: c.txt}]\n",
                "include:\n  - local: [ci/more.yml]\n    rules: [{exists: [data.bin]}]\n",
                "spec: {inputs: {a: {}}}\n---\ninclude: ci/more.yml\nb: {script: [!reference [a, script]]}\n"
            })
    void namesOfAllFilesAndTheBytesOfYaml(String spec) throws IOException {
        write(".gitlab-ci.yml", spec);

        assertEquals(
                Map.of(".gitlab-ci.yml", (long) spec.length(), "ci/common.inc", 0L, "ci/more.yml", 15L, "data.bin", 0L),
                sent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include: ci/common.inc\n",
                "include: [ci/more.yml, {local: ci/*}]\n",
                "include: {local: $WHERE}\n",
                "include: {not: yaml\n",
                "a: 1\n---\ninclude: ci/common.inc\n"
            })
    void allOfThemWhereOthersMayBeIncluded(String spec) throws IOException {
        write(".gitlab-ci.yml", spec);

        assertEquals(1000, sent().get("data.bin"));
    }

    @Test
    void anIncludedFileMayIncludeOthersToo() throws IOException {
        write(".gitlab-ci.yml", "include: ci/more.yml\n");
        write("ci/more.yml", "include: ci/common.inc\n");

        assertEquals(15, sent().get("ci/common.inc"));
    }

    private Map<String, Long> sent() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SpecSource.of(SourceTree.of(folder, Map.of(), notice -> {}), notice -> {})
                .writeTo(out);
        Map<String, Long> sent = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    sent.put(entry.getName(), (long) tar.readAllBytes().length);
                }
            }
        }
        return sent;
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(folder.resolve(path), text);
    }
}
