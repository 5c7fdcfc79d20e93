package io.sallyport.client.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left out, beside what git itself would leave out. */
class IgnoreTest {
    private static final List<String> NAMES = List.of(
            "a", "b", "ab", "a.o", "b.log", "A", "foo", "x y", "[a]", "#c", "!d", "a.b.c", "ä", "f1", "f-", ".hid");
    private static final List<String> PARTS = List.of(
            "*",
            "**",
            "?",
            "a",
            "b",
            "*.o",
            "a*",
            "*b*",
            "[ab]",
            "[!a]",
            "[a-f]*",
            "foo",
            "x?y",
            "\\#c",
            "\\!d",
            "[[:upper:]]",
            "*.*",
            "f[0-9-]",
            "a.b.c",
            "ä",
            "[]a]",
            "\\a",
            ".*",
            "a**b",
            "[^b]*",
            "[",
            "x\\ y");

    @TempDir
    private Path root;

    @ParameterizedTest
    @MethodSource("seeds")
    void patternsMeanWhatTheyMeanToGit(int seed) throws Exception {
        Random random = new Random(seed);
        Path folder = checkout();
        for (int i = 0; i < 60; i++) {
            file(folder, path(random, NAMES, 1 + random.nextInt(4)));
        }
        for (String at : List.of(".gitignore", "a/.gitignore", "foo/.gitignore", ".git/info/exclude")) {
            if (!Files.isRegularFile(folder.resolve(at).getParent()) && random.nextInt(4) > 0) {
                Files.createDirectories(folder.resolve(at).getParent());
                Files.write(folder.resolve(at), patterns(random), StandardCharsets.UTF_8);
            }
        }
        if (seed % 3 == 0) {
            git(folder, "add", "--", ".");
            file(folder, path(random, NAMES, 2));
            Files.writeString(folder.resolve(".gitignore"), "*\n!a\n");
        }
        if (seed % 6 == 0) {
            git(folder, "update-index", "--index-version", "4");
        }

        assertEquals(listed(folder, folder), walked(folder), "seed " + seed);
        Path below = folder.resolve("foo");
        if (Files.isDirectory(below)
                && !ignored(folder, "foo")
                && !listed(folder, below).isEmpty()) {
            assertEquals(listed(folder, below), walked(below), "below, seed " + seed);
        }
    }

    @Test
    void sallyignoreAlsoLeavesOutWhatIsTrackedAndTakesBackWhatGitIgnores() throws Exception {
        Path folder = checkout();
        for (String name : List.of("kept", "big.bin", "built.jar", "other.jar", "docs/a.md")) {
            file(folder, name);
        }
        Files.writeString(folder.resolve(".gitignore"), "*.jar\n");
        git(folder, "add", ".");
        Files.writeString(folder.resolve(".sallyignore"), "big.bin\n/docs/\n!built.jar\n");

        assertEquals(Set.of(".gitignore", ".sallyignore", "built.jar", "kept"), walked(folder));
    }

    @Test
    void gitignoreCountsInAFolderThatIsNoCheckout() throws Exception {
        file(root, "plain/a");
        file(root, "plain/out/b");
        Files.writeString(root.resolve("plain/.gitignore"), "out\n");

        assertEquals(Set.of(".gitignore", "a"), walked(root.resolve("plain")));
    }

    @Test
    void theUsersOwnPatternsCount() throws Exception {
        Path folder = checkout();
        file(folder, "a~");
        file(folder, "a");
        Files.writeString(root.resolve(".gitconfig"), "[core]\n\texcludesFile = ~/mine\n");
        Files.writeString(root.resolve("mine"), "*~\n");

        assertEquals(Set.of("a"), walked(folder));
        assertEquals(listed(folder, folder), walked(folder));
    }

    @Test
    void aLinkedCheckoutHasItsOwnIndex() throws Exception {
        Path folder = checkout();
        file(folder, "a.log");
        git(folder, "add", ".");
        git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first");
        git(folder, "worktree", "add", "-q", "../linked");
        Path linked = folder.resolveSibling("linked");
        Files.writeString(linked.resolve(".gitignore"), "*.log\n");
        file(linked, "b.log");

        assertEquals(Set.of(".gitignore", "a.log"), walked(linked));
    }

    private static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("sally.seeds", 24));
    }

    private static List<String> patterns(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            String line = path(random, PARTS, 1 + random.nextInt(3));
            line = random.nextInt(4) == 0 ? "/" + line : line;
            line = random.nextInt(4) == 0 ? line + "/" : line;
            line = random.nextInt(4) == 0 ? "!" + line : line;
            lines.add(random.nextInt(8) == 0 ? line + "  " : line);
        }
        return lines;
    }

    private static String path(Random random, List<String> parts, int depth) {
        List<String> path = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            path.add(parts.get(random.nextInt(parts.size())));
        }
        return String.join("/", path);
    }

    private static void file(Path folder, String path) throws IOException {
        Path file = folder.resolve(path);
        for (Path at = file.getParent(); !at.equals(folder.getParent()); at = at.getParent()) {
            if (Files.isRegularFile(at)) {
                return;
            }
        }
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }
    }

    private Set<String> walked(Path folder) throws IOException {
        Set<String> paths = new TreeSet<>();
        for (TreeEntry entry : new TreeWalk(folder, Map.of("HOME", root.toString()), notice -> {})
                .run()
                .entries()) {
            if (!(entry instanceof TreeEntry.Folder)) {
                paths.add(entry.path());
            }
        }
        return paths;
    }

    private Set<String> listed(Path top, Path folder) throws Exception {
        String text = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        Set<String> paths = new TreeSet<>(List.of(text.split("\0")));
        paths.remove("");
        assertTrue(Files.isDirectory(top));
        return paths;
    }

    private boolean ignored(Path folder, String path) throws Exception {
        Process process = program(folder, "check-ignore", "-q", path).start();
        return process.waitFor() == 0;
    }

    private Path checkout() throws Exception {
        Path folder = Files.createDirectory(root.resolve("checkout"));
        git(folder, "init", "-q");
        return folder;
    }

    private ProcessBuilder program(Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("HOME", root.toString());
        builder.environment().remove("XDG_CONFIG_HOME");
        return builder.redirectErrorStream(true);
    }

    private String git(Path folder, String... words) throws Exception {
        Process process = program(folder, words).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
