package io.sallyport.builds.executor.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.RecordedOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class TarWalkTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
    private final List<String> taken = new ArrayList<>();
    private final RecordedOutput output = new RecordedOutput();

    private void file(String name, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(UTF_8));
        tar.closeArchiveEntry();
    }

    private void other(String name, byte type, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private void walk(int limit, byte[] whole, String... paths) throws Exception {
        ArtifactPatterns patterns = ArtifactPatterns.of(List.of(paths), false);
        ArtifactCollection collection = new ArtifactCollection(
                patterns,
                100,
                (path, executable, content) -> taken.add(
                        path + "=" + new String(Channels.newInputStream(content).readAllBytes(), UTF_8)),
                new Notices("artifacts", output));
        new TarWalk(patterns, SourceFiles.none(), limit, collection)
                .over(new ByteArrayInputStream(whole), "w", path -> new ByteArrayInputStream(whole));
    }

    private byte[] whole() throws IOException {
        tar.finish();
        return bytes.toByteArray();
    }

    @Test
    void filesAreTakenAndNothingElse() throws Exception {
        file("w/first", "1");
        other("w/", TarConstants.LF_DIR, "");
        other("w/a/", TarConstants.LF_DIR, "");
        file("w/a/f", "2");
        other("w/a/hard", TarConstants.LF_LINK, "w/first");
        other("w/a/link", TarConstants.LF_SYMLINK, "/etc/passwd");
        other("w/a/pipe", TarConstants.LF_FIFO, "");
        other("w/a/device", TarConstants.LF_CHR, "");
        file("w/b", "3");
        walk(100, whole(), "a", "b");

        assertEquals(List.of("a/f=2", "a/hard=1", "b=3"), taken);
        assertEquals(3, output.system().size(), output.all());
    }

    @Test
    void whatLiesInWhatIsNoFolderIsNotTaken() throws Exception {
        other("w/", TarConstants.LF_DIR, "");
        other("w/a", TarConstants.LF_SYMLINK, "/etc");
        file("w/a/passwd", "x");
        file("../up", "x");
        walk(100, whole(), "a", "**");

        assertEquals(List.of(), taken);
    }

    @Test
    void oneThatBreaksOffIsRefusedWherever() throws Exception {
        other("w/", TarConstants.LF_DIR, "");
        file("w/a", "x".repeat(600));
        byte[] whole = whole();
        for (int length : List.of(512, 1024, 1500, 2048, 2560)) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> walk(100, cut, "a"), "cut at " + length);
        }
        assertThrows(EOFException.class, () -> walk(100, Arrays.copyOf(whole, 2048), "nothing"));
    }

    @Test
    void tooManyEntriesAreRefused() throws Exception {
        file("w/a", "x");
        file("w/b", "x");
        byte[] whole = whole();
        walk(2, whole, "none");
        assertThrows(IOException.class, () -> walk(1, whole, "none"));
    }
}
