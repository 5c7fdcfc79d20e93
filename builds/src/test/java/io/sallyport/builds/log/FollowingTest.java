package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FollowingTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private LogStore store;
    private BuildLog log;
    private LogWriter writer;

    @BeforeEach
    void open() throws IOException {
        store = new LogStore(folder, LogLimits.DEFAULT);
        log = store.create(1);
        writer = log.writer();
    }

    @AfterEach
    void close() {
        writer.close();
        store.close();
        threads.shutdownNow();
        threads.close();
    }

    @Test
    void followersGetEveryByteAndThenTheEnd() throws Exception {
        Script script = new Script(5, "test", "lint");
        List<Future<byte[]>> all = new ArrayList<>();
        List<Future<byte[]>> printed = new ArrayList<>();
        List<Future<List<LogItem>>> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int room = 1 + 37 * i;
            all.add(threads.submit(() -> Reader.bytes(log.raw(LogSelection.ALL, true), 0, room)));
            printed.add(threads.submit(() -> Reader.bytes(log.raw(LogSelection.printed(), true), 0, room)));
            records.add(threads.submit(() -> Reader.items(log.records(LogSelection.ALL, 0, true))));
            script.print(writer, 50);
        }
        writer.end(BuildState.SUCCEEDED);
        for (Future<byte[]> each : all) {
            assertArrayEquals(script.bytes(), each.get());
        }
        for (Future<byte[]> each : printed) {
            assertArrayEquals(script.bytes(LogSelection.printed(), 0), each.get());
        }
        for (Future<List<LogItem>> each : records) {
            List<LogItem> items = each.get();
            assertEquals(new LogEnd(script.bytes().length, BuildState.SUCCEEDED), items.removeLast());
            assertEquals(
                    script.bytes().length,
                    items.stream().mapToInt(item -> ((LogRecord) item).bytes()).sum());
        }
    }

    @Test
    void aReaderThatStandsStillDelaysNobody() throws Exception {
        try (ReadableByteChannel stopped = log.raw(LogSelection.ALL, true).open(0)) {
            print("first\n");
            assertEquals("f", Reader.exactly(stopped, 1));
            Future<byte[]> other = threads.submit(() -> Reader.bytes(log.raw(LogSelection.ALL, true), 0, 65_536));
            for (int i = 0; i < 64; i++) {
                print("x".repeat(65_535) + "\n");
            }
            writer.end(BuildState.SUCCEEDED);
            assertEquals(6 + (64 << 16), other.get().length);
            assertEquals("irst\nxxx", Reader.exactly(stopped, 8));
        }
    }

    @Test
    void manyFollowersGetEveryByteOfLargePieces() throws Exception {
        List<Future<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            LogSelection selection = i % 2 == 0 ? LogSelection.ALL : LogSelection.printed();
            all.add(threads.submit(() -> Reader.bytes(log.raw(selection, true), 0, 40_000)));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            String piece = (char) ('!' + i) + "x".repeat(i * 3000) + "\n";
            print(piece);
            text.append(piece);
        }
        writer.end(BuildState.SUCCEEDED);
        for (Future<byte[]> each : all) {
            assertEquals(text.toString(), new String(each.get(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anOffsetNotYetReachedIsWaitedFor() throws Exception {
        print("0123");
        Future<byte[]> reader = threads.submit(() -> Reader.bytes(log.raw(LogSelection.ALL, true), 6, 100));
        print("4567");
        print("89");
        writer.end(BuildState.SUCCEEDED);
        assertEquals("6789", new String(reader.get(), StandardCharsets.UTF_8));
        assertEquals(0, Reader.bytes(log.raw(LogSelection.ALL, true), 100, 100).length);
    }

    @Test
    void aPromptIsGivenOutThoughItsLineIsNotComplete() throws Exception {
        try (LogRecords records = log.records(LogSelection.ALL, 0, true)) {
            print("line\nContinue? ");
            assertEquals("line\n", text(records));
            assertEquals("Continue? ", text(records));
            print("yes\n");
            assertEquals("yes\n", text(records));
        }
    }

    @Test
    void aCharacterIsNotTornByTheTimeItTakes() throws Exception {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        try (LogRecords records = log.records(LogSelection.ALL, 0, true)) {
            writer.append(writer.job("t"), Stream.OUT, ByteBuffer.wrap(new byte[] {'5', euro[0], euro[1]}));
            assertEquals("5", text(records));
            Watched next = start(() -> text(records));
            next.awaitWaiting();
            writer.append(writer.job("t"), Stream.OUT, ByteBuffer.wrap(euro, 2, 1));
            assertEquals("€", next.get());
        }
    }

    @Test
    void aJobThatIsNotThereYetIsFollowed() throws Exception {
        LogSelection late = new LogSelection(Optional.of("late"), LogSelection.ALL.streams());
        Future<byte[]> reader = threads.submit(() -> Reader.bytes(log.raw(late, true), 0, 100));
        print("early\n");
        writer.append(writer.job("late"), Stream.OUT, StandardCharsets.UTF_8.encode("late\n"));
        writer.end(BuildState.SUCCEEDED);
        assertEquals("late\n", new String(reader.get(), StandardCharsets.UTF_8));
    }

    @Test
    void closingWakesAWaitingReader() throws Exception {
        ReadableByteChannel raw = log.raw(LogSelection.ALL, true).open(0);
        ReadableByteChannel filtered = log.raw(LogSelection.printed(), true).open(0);
        LogRecords records = log.records(LogSelection.ALL, 0, true);
        List<Watched> waiting = List.of(
                start(() -> Reader.exactly(raw, 1)),
                start(() -> Reader.exactly(filtered, 1)),
                start(() -> text(records)));
        for (Watched each : waiting) {
            each.awaitWaiting();
        }
        raw.close();
        filtered.close();
        records.close();
        for (Watched each : waiting) {
            assertInstanceOf(AsynchronousCloseException.class, each.failure());
        }
        assertFalse(raw.isOpen());
        assertThrows(ClosedChannelException.class, () -> raw.read(ByteBuffer.allocate(1)));
        print("nobody else minds\n");
        assertEquals("nobody else minds\n", Reader.text(log));
    }

    @Test
    void anInterruptionWakesAWaitingReaderAndNoOther() throws Exception {
        ReadableByteChannel raw = log.raw(LogSelection.ALL, true).open(0);
        Watched interrupted = start(() -> Reader.exactly(raw, 1));
        Future<byte[]> other = threads.submit(() -> Reader.bytes(log.raw(LogSelection.ALL, true), 0, 100));
        interrupted.awaitWaiting();
        interrupted.thread.interrupt();
        assertInstanceOf(ClosedByInterruptException.class, interrupted.failure());
        raw.close();
        print("for the other");
        writer.end(BuildState.SUCCEEDED);
        assertEquals("for the other", new String(other.get(), StandardCharsets.UTF_8));
    }

    @Test
    void readersThatAreInterruptedWhileTheyReadHarmNoOther() throws Exception {
        Script script = new Script(9, "test");
        script.print(writer, 3000);
        writer.end(BuildState.SUCCEEDED);
        Future<Integer> good = threads.submit(() -> {
            int rounds = 0;
            for (; rounds < 30; rounds++) {
                assertArrayEquals(script.bytes(), Reader.bytes(log.raw(LogSelection.ALL, true), 0, 64));
            }
            return rounds;
        });
        while (!good.isDone()) {
            Thread victim = Thread.ofPlatform().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    assertThrowsNothingElse(() -> Reader.bytes(log.raw(LogSelection.ALL, true), 0, 64));
                }
            });
            LockSupport.parkNanos(1_000_000);
            victim.interrupt();
            victim.join();
        }
        assertEquals(30, good.get());
    }

    private static void assertThrowsNothingElse(Callable<byte[]> reading) {
        try {
            reading.call();
        } catch (ClosedByInterruptException e) {
            assertTrue(Thread.currentThread().isInterrupted());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoCanGetNoMoreIsCutOffWithoutAnEnd() throws Exception {
        writer.close();
        Watched ofDeleted =
                start(() -> Reader.exactly(log.raw(LogSelection.ALL, true).open(0), 1));
        BuildLog second = store.create(2);
        Watched ofClosed = start(() -> text(second.records(LogSelection.ALL, 0, true)));
        ofDeleted.awaitWaiting();
        ofClosed.awaitWaiting();
        store.delete(1);
        assertInstanceOf(IOException.class, ofDeleted.failure());
        store.close();
        assertInstanceOf(IOException.class, ofClosed.failure());
    }

    @Test
    void descriptorsDoNotGrowWithReadersAndAreFreed() throws Exception {
        print("hello\n");
        long before = descriptors();
        List<ReadableByteChannel> readers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            LogSelection selection = i % 2 == 0 ? LogSelection.ALL : LogSelection.printed();
            ReadableByteChannel reader = log.raw(selection, true).open(0);
            assertEquals("hello", Reader.exactly(reader, 5));
            readers.add(reader);
        }
        assertTrue(descriptors() <= before + 2, before + " descriptors became " + descriptors());
        for (ReadableByteChannel reader : readers) {
            reader.close();
            reader.close();
        }
        writer.close();
        assertTrue(descriptors() < before, before + " descriptors became " + descriptors());
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(DESCRIPTORS)) {
            return open.filter(each -> Files.exists(each) && isLog(each)).count();
        }
    }

    private static boolean isLog(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().matches(".*/1\\.(log|idx|jobs|tail)");
        } catch (IOException e) {
            return false;
        }
    }

    private void print(String text) throws IOException {
        writer.append(writer.job("test"), Stream.OUT, StandardCharsets.UTF_8.encode(text));
    }

    private static String text(LogRecords records) throws IOException {
        return assertInstanceOf(LogRecord.class, records.next()).text();
    }

    private static Watched start(Callable<String> reading) {
        Watched task = new Watched(reading);
        task.thread.start();
        return task;
    }

    /** A reader in a thread of its own. */
    private static final class Watched extends FutureTask<String> {
        private final Thread thread = Thread.ofVirtual().unstarted(this);

        Watched(Callable<String> reading) {
            super(reading);
        }

        void awaitWaiting() {
            while (!(LockSupport.getBlocker(thread) instanceof OpenLog)) {
                Thread.onSpinWait();
            }
        }

        Throwable failure() {
            return assertThrows(ExecutionException.class, this::get).getCause();
        }
    }
}
