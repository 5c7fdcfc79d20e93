package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessSettingsTest {
    @TempDir
    Path temp;

    private ProcessSettings with(String bwrap, Sandbox mode) {
        return new ProcessSettings(temp.resolve("w"), mode, false, List.of(), bwrap, ProcessLimits.DEFAULT);
    }

    private ProcessExecutor open(ProcessSettings settings) throws Exception {
        return ProcessExecutor.open(settings, (source, folder) -> {});
    }

    /** A program in the place of bubblewrap. */
    private String fake(String script) throws Exception {
        Path file = Files.writeString(temp.resolve("fake-bwrap"), "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file.toString();
    }

    @Test
    void aSandboxThatIsRequiredAndNotThereIsAnErrorWithFacts() {
        SandboxUnavailableException none =
                assertThrows(SandboxUnavailableException.class, () -> open(with("/no/bwrap", Sandbox.REQUIRED)));

        assertEquals("/no/bwrap", none.program());
        assertEquals("not found", none.reason());
    }

    @Test
    void aSandboxThatDoesNotWorkIsFoundOutByTrying() throws Exception {
        String broken = fake("test \"$1\" = --help && exit; echo 'no permissions' >&2; exit 1");
        SandboxUnavailableException none =
                assertThrows(SandboxUnavailableException.class, () -> open(with(broken, Sandbox.REQUIRED)));

        assertEquals("a trial ended with 1: no permissions", none.reason());
    }

    @Test
    void withoutASandboxTheReasonIsSaidAloud() throws Exception {
        try (ProcessExecutor executor = open(with("/no/bwrap", Sandbox.AUTO))) {
            assertEquals("none", executor.isolation().kind());
            assertEquals(List.of(), executor.isolation().enforced());
            String notice = executor.isolation().notices().getFirst();
            assertTrue(notice.startsWith("there is no sandbox (/no/bwrap: not found)"), notice);
        }
        try (ProcessExecutor executor = open(with("bwrap", Sandbox.NONE))) {
            assertEquals("none", executor.isolation().kind());
            assertFalse(executor.isolation().notices().isEmpty());
        }
    }

    @Test
    void foldersOfEarlierGatewaysAreRemovedAndNothingElse() throws Exception {
        Path left = Files.createDirectories(temp.resolve("w/run-1-1-abc/workspace/deep"));
        Path other = Files.createDirectories(temp.resolve("w/not-mine"));
        try (ProcessExecutor executor = open(with("bwrap", Sandbox.NONE))) {
            assertEquals("process", executor.name());
            assertFalse(Files.exists(left.getParent().getParent()));
            assertTrue(Files.exists(other));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc", "/proc", "/home/../etc", "relative", "/state", "/state/w", "/state/w/x"})
    void pathsThatASandboxMustHideAreRefused(String path) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ProcessSettings(
                        Path.of("/state/w"),
                        Sandbox.AUTO,
                        false,
                        List.of(Path.of(path)),
                        "bwrap",
                        ProcessLimits.DEFAULT));
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ProcessLimits(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ProcessLimits(16, 1, 1, 0));
    }

    @Test
    void modesHaveNames() {
        assertEquals(Optional.of(Sandbox.AUTO), Sandbox.parse("auto"));
        assertEquals(Optional.empty(), Sandbox.parse("AUTO"));
        assertEquals("required", Sandbox.REQUIRED.label());
    }
}
