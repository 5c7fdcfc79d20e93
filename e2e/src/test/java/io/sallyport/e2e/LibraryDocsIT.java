package io.sallyport.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Javadoc of the client's library is made, and a broken comment ends that. */
class LibraryDocsIT {
    @TempDir
    Path folder;

    @Test
    void theJarHasWhatTheLibraryPromises() throws Exception {
        try (Stream<Path> files = Files.list(Repository.ROOT.resolve("client-cli/target"))) {
            Path jar = files.filter(file -> file.toString().endsWith("-javadoc.jar"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile pages = new JarFile(jar.toFile())) {
                for (String page : List.of("SallyClient", "Subsystem", "Transport", "source/TreeSource")) {
                    assertTrue(pages.getEntry("io/sallyport/client/" + page + ".html") != null, page);
                }
                assertTrue(pages.stream().noneMatch(page -> page.getName().contains("/cli/")));
            }
        }
    }

    @Test
    void aBrokenCommentEndsIt() throws Exception {
        Path source = Files.createDirectories(folder.resolve("some")).resolve("Thing.java");
        Path jar = folder.resolve("made.jar");

        Files.writeString(source, "package some;\n/** A {@link Thing}. */\npublic class Thing {}\n");
        assertEquals(0, make(jar));
        assertTrue(Files.exists(jar));
        Files.delete(jar);
        Files.writeString(source, "package some;\n/** A {@link Nothing}. */\npublic class Thing {}\n");
        assertEquals(1, make(jar));
        assertFalse(Files.exists(jar));
    }

    private int make(Path jar) throws Exception {
        Process process = new ProcessBuilder(
                        Repository.ROOT.resolve("bin/java-25.sh").toString(),
                        Repository.ROOT.resolve("bin/LibraryDocs.java").toString(),
                        folder.toString(),
                        folder.toString(),
                        "title",
                        jar.toString(),
                        "some")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertEquals(status == 0, said.isEmpty(), said);
        return status;
    }
}
