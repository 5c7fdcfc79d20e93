package io.sallyport.client.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent of a folder that a gateway has accepted before. */
class TreeSourceTest {
    private static final String BASE = "0123456789abcdef".repeat(4);
    private static final String NO_CHANGES = "sallyport-changes 1\nsha256:" + BASE + "\t5\n\n";

    @TempDir
    private Path root;

    private Path folder;
    private TreeSource accepted;

    @BeforeEach
    void acceptedOnce() throws Exception {
        folder = Files.createDirectory(root.resolve("folder"));
        Files.writeString(folder.resolve("a"), "aaaa");
        Files.writeString(folder.resolve("z"), "z");
        Files.createDirectory(folder.resolve("m"));
        Files.writeString(folder.resolve("m/n"), "n");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
        accepted = source();
        assertFalse(accepted.guessed(), "nothing is known yet");
        accepted.accepted(BASE);
    }

    @Test
    void nothingWhenNothingHasChanged() throws Exception {
        assertTrue(source().guessed());
        assertEquals(NO_CHANGES, changes(source()));
    }

    @Test
    void linesThatAreNewOrOtherAndPathsThatAreGone() throws Exception {
        Files.delete(folder.resolve("a"));
        Files.writeString(folder.resolve("m/o"), "of more");
        Files.delete(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("z"));
        Files.setLastModifiedTime(folder.resolve("m"), FileTime.fromMillis(86_400_000));
        assertTrue(folder.resolve("z").toFile().setExecutable(true));

        List<String> lines = changes(source()).lines().toList();

        assertEquals("sha256:" + BASE + "\t5", lines.get(1));
        assertTrue(lines.get(2).matches("120000\t\\d+\tz\tlink"), lines.get(2));
        assertEquals("040000\t86400\tm", lines.get(3));
        assertTrue(lines.get(4).matches("100644\t\\d+\t7\t[0-9a-f]{64}\tm/o"), lines.get(4));
        assertTrue(lines.get(5).matches("100755\t\\d+\t1\t[0-9a-f]{64}\tz"), lines.get(5));
        assertEquals("-\ta", lines.get(6));
        assertEquals("", lines.get(7));
    }

    @Test
    void theNextOnesAreOfTheNextManifest() throws Exception {
        Files.writeString(folder.resolve("a"), "other");
        String next = "f".repeat(64);
        source().accepted(next);

        assertEquals(NO_CHANGES.replace(BASE, next), changes(source()));
        assertTrue(manifest(source()).contains("\t5\t"), "the manifest has the new size");
    }

    @Test
    void aFileThatKeepsSizeAndTimeShortlyAfterItWasSubmittedIsReadAgain() throws Exception {
        FileTime time = Files.getLastModifiedTime(folder.resolve("a"));
        Files.writeString(folder.resolve("a"), "bbbb");
        Files.setLastModifiedTime(folder.resolve("a"), time);

        assertTrue(changes(source()).contains("\ta\n"));
    }

    @Test
    void aFileThatHasOnlyMovedIsNotSentAgain() throws Exception {
        Files.move(folder.resolve("z"), folder.resolve("m/z"));

        String changes = changes(source());

        assertTrue(changes.endsWith("\tm/z\n-\tz\n\n"), changes);
    }

    @Test
    void aFileThatChangesWhileItIsSentEndsIt() throws Exception {
        Files.writeString(folder.resolve("a"), "other");
        TreeSource source = source();
        Files.writeString(folder.resolve("a"), "again");

        assertThrows(ClientException.BadSource.class, () -> changes(source));
    }

    @Test
    void whatOneGatewayHasSaysNothingOfAnother() throws Exception {
        TreeSource other = TreeSource.of(folder, root.resolve("caches"), "another");

        assertFalse(other.guessed());
        assertTrue(other.changes().isEmpty());
        assertEquals(manifest(source()), manifest(other));
    }

    @Test
    void moreThanAGatewayTakesOfThemIsSentAsAManifest() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Files.writeString(folder.resolve("many" + i), "");
        }

        assertTrue(source().guessed());
        assertTrue(source().changes().isEmpty());
        assertEquals(3000 + 5 + 2, manifest(source()).lines().count());
    }

    @Test
    void aDamagedCacheIsAsGoodAsNone() throws Exception {
        Path cache = cache();
        byte[] whole = Files.readAllBytes(cache);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(cache, damaged);
            assertTrue(source().changes().isEmpty(), "byte " + i);
        }
        for (int length : new int[] {0, 3, 20, whole.length - 1}) {
            Files.write(cache, java.util.Arrays.copyOf(whole, length));
            assertTrue(source().changes().isEmpty(), "length " + length);
        }
    }

    private TreeSource source() throws IOException, InterruptedException {
        return TreeSource.of(folder, root.resolve("caches"), "gateway");
    }

    private Path cache() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("caches"))) {
            return files.toList().getFirst();
        }
    }

    private static String changes(TreeSource source) throws IOException {
        return text(source.changes().orElseThrow());
    }

    private static String manifest(TreeSource source) throws IOException {
        return text(source.manifest());
    }

    private static String text(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(bytes);
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
