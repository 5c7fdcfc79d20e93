package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFileTest {
    private static final int KEPT = 64 << 10;

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private byte[] written = new byte[0];
    private Path path;
    private SharedFile file;

    @BeforeEach
    void open() throws IOException {
        path = Files.createFile(folder.resolve("file"));
        file = new SharedFile(path);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    @Test
    void whateverIsKeptTheBytesAreThoseOfTheFile() throws IOException {
        for (int length : new int[] {10, 1, KEPT, 2 * KEPT + 3, 0, 5, KEPT - 1, KEPT}) {
            append(length);
            file.keepEnd(written.length);
            for (int from : new int[] {0, 1, written.length / 2, written.length - KEPT - 1, written.length - 1}) {
                assertRestFrom(Math.max(0, from));
            }
        }
    }

    @Test
    void whatIsKeptIsReadFromMemory() throws IOException {
        append(KEPT + 100);
        file.keepEnd(written.length);
        Files.write(path, new byte[written.length]); // nobody changes a log; here it shows where bytes come from

        byte[] kept = read(written.length - 20, 100);
        assertArrayEquals(Arrays.copyOfRange(written, written.length - 20, written.length), kept);
        assertArrayEquals(new byte[50], read(0, 50), "what is not kept is read from the file");
        file.keepEnd(0);
        assertArrayEquals(new byte[20], read(written.length - 20, 100), "and so is all when nothing is");
    }

    @Test
    void whatTheFileDoesNotHaveYetIsNotKept() throws IOException {
        append(10);
        file.keepEnd(20);
        append(10);
        assertRestFrom(0);
        assertRestFrom(15);
    }

    @Test
    void nothingIsReadWhenItIsClosedOrTheThreadInterrupted() throws IOException {
        append(10);
        file.keepEnd(10);
        Thread.currentThread().interrupt();
        assertThrows(ClosedByInterruptException.class, () -> read(0, 10));
        assertEquals(true, Thread.interrupted());
        assertRestFrom(0);
        file.close();
        file.keepEnd(10);
        assertThrows(ClosedChannelException.class, () -> read(0, 10));
    }

    private void append(int length) throws IOException {
        byte[] more = new byte[length];
        random.nextBytes(more);
        Files.write(path, more, StandardOpenOption.APPEND);
        int before = written.length;
        written = Arrays.copyOf(written, before + length);
        System.arraycopy(more, 0, written, before, length);
    }

    private void assertRestFrom(int from) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(written.length - from);
        while (rest.hasRemaining() && file.read(rest, from + rest.position()) > 0) {
            // until there is all of it
        }
        assertArrayEquals(Arrays.copyOfRange(written, from, written.length), rest.array(), "from " + from);
    }

    private byte[] read(long position, int room) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(room);
        int count = file.read(into, position);
        return Arrays.copyOf(into.array(), count);
    }
}
