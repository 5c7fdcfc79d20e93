package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingTest {
    @TempDir
    Path folder;

    private LogStore store;

    @BeforeEach
    void open() throws IOException {
        store = new LogStore(folder, LogLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aLogIsThereFromItsCreationToItsDeletion() throws IOException {
        assertFalse(store.exists(7));
        assertThrows(NoSuchFileException.class, () -> store.open(7));
        BuildLog log = store.create(7);
        assertTrue(store.exists(7));
        assertEquals(0, log.size());
        assertEquals(Optional.empty(), log.end());
        assertThrows(FileAlreadyExistsException.class, () -> store.create(7));
        try (LogWriter writer = log.writer()) {
            writer.append(writer.job("test"), Stream.OUT, utf8("x"));
            assertThrows(IllegalStateException.class, () -> store.delete(7));
        }
        store.delete(7);
        assertFalse(store.exists(7));
        assertThrows(NoSuchFileException.class, log::size);
        store.delete(7);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aSystemLineBeginsOnALineOfItsOwnAndLeavesThePrintedBytesAlone() throws IOException {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            int job = writer.job("test");
            writer.system(0, "started");
            writer.append(job, Stream.OUT, utf8("no newline"));
            writer.system(job, "$ make");
            writer.append(job, Stream.ERR, utf8("with newline\n"));
            writer.append(job, Stream.SYSTEM, utf8("two\nlines"));
            writer.append(job, Stream.SYSTEM, utf8(""));
            writer.append(job, Stream.OUT, utf8("end"));
        }
        assertEquals("started\nno newline\n$ make\nwith newline\ntwo\nlines\nend", Reader.text(log));
        assertEquals("no newlinewith newline\nend", Reader.text(log, LogSelection.printed()));
    }

    @Test
    void theEndIsDurableAndFinal() throws IOException {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            assertThrows(IllegalArgumentException.class, () -> writer.end(BuildState.RUNNING));
            writer.append(writer.job("test"), Stream.OUT, utf8("all"));
            writer.end(BuildState.TIMEDOUT);
            assertThrows(ClosedChannelException.class, () -> writer.append(0, Stream.OUT, utf8("more")));
            assertThrows(ClosedChannelException.class, () -> writer.end(BuildState.FAILED));
        }
        assertThrows(IllegalStateException.class, log::writer);
        try (LogStore again = new LogStore(folder, LogLimits.DEFAULT)) {
            assertEquals(Optional.of(BuildState.TIMEDOUT), again.open(1).end());
            assertEquals("all", Reader.text(again.open(1)));
        }
    }

    @Test
    void aLogThatHasNotEndedIsWrittenOn() throws IOException {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            assertThrows(IllegalStateException.class, log::writer);
            writer.append(writer.job("a"), Stream.OUT, utf8("before"));
        }
        try (LogWriter writer = log.writer()) {
            assertEquals(2, writer.job("b"));
            assertEquals(1, writer.job("a"));
            writer.system(0, "started anew");
            writer.append(1, Stream.OUT, utf8("after"));
        }
        assertEquals("before\nstarted anew\nafter", Reader.text(log));
        assertEquals(
                "beforeafter",
                Reader.text(
                        log,
                        new LogSelection(
                                Optional.of("a"), LogSelection.printed().streams())));
    }

    @Test
    void onlyALogThatIsLeftIsEndedByOthers() throws IOException {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            log.endIfLeft(BuildState.FAILED);
            assertEquals(Optional.empty(), log.end());
            writer.append(0, Stream.OUT, utf8("goes on"));
        }
        log.endIfLeft(BuildState.FAILED);
        log.endIfLeft(BuildState.SUCCEEDED);
        assertEquals(Optional.of(BuildState.FAILED), log.end());
        assertEquals("goes on", Reader.text(log));
    }

    @Test
    void jobsAreNumberedByName() throws IOException {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            assertEquals(1, writer.job("test: [jdk25, linux]"));
            assertEquals(2, writer.job("two\nlines"));
            assertEquals(1, writer.job("test: [jdk25, linux]"));
            assertThrows(IllegalArgumentException.class, () -> writer.job(""));
            assertThrows(IllegalArgumentException.class, () -> writer.job("x".repeat(1025)));
            assertThrows(IllegalArgumentException.class, () -> writer.append(3, Stream.OUT, utf8("x")));
        }
    }

    @Test
    void anInterruptedCallerWritesLikeAnyOther() throws Exception {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            Thread thread = Thread.ofVirtual().unstarted(() -> {
                Thread.currentThread().interrupt();
                try {
                    writer.append(writer.job("test"), Stream.OUT, utf8("still "));
                    writer.sync();
                    writer.append(writer.job("test"), Stream.OUT, utf8("here"));
                    writer.end(BuildState.CANCELED);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            thread.join();
        }
        assertEquals("still here", Reader.text(log));
        assertEquals(Optional.of(BuildState.CANCELED), log.end());
        assertEquals(Optional.empty(), store.failure());
    }

    @Test
    void theBytesOfOneCallStayTogether() throws Exception {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                int job = writer.job("job-" + i);
                threads.submit(() -> {
                    for (int line = 0; line < 500; line++) {
                        writer.append(job, Stream.OUT, utf8("job " + job + " line " + line + "\n"));
                    }
                    return null;
                });
            }
        }
        for (int job = 1; job <= 8; job++) {
            int number = job;
            List<String> wanted = IntStream.range(0, 500)
                    .mapToObj(line -> "job " + number + " line " + line)
                    .toList();
            LogSelection selection = new LogSelection(Optional.of("job-" + (job - 1)), LogSelection.ALL.streams());
            assertEquals(wanted, Reader.text(log, selection).lines().toList());
        }
        assertEquals(4000, Reader.text(log).lines().count());
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
