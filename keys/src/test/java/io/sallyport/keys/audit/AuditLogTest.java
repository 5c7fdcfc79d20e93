package io.sallyport.keys.audit;

import static io.sallyport.keys.audit.LogFolder.LARGE;
import static io.sallyport.keys.audit.LogFolder.SMALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
    private LogFolder log;

    @BeforeEach
    void folder(@TempDir Path home) throws IOException {
        log = LogFolder.in(home);
    }

    @Test
    void eachRecordHoldsTheHashOfTheLineBeforeIt() throws Exception {
        try (AuditLog audit = log.open(LARGE)) {
            audit.tell(LogFolder.asked("GET /"));
            audit.commit(LogFolder.asked("PUT /projects/web"));
        }

        List<byte[]> lines = log.lines();

        assertEquals(List.of("segment", "checkpoint", "request", "request", "stop", "checkpoint"), log.types());
        String hash = "0".repeat(64);
        for (byte[] line : lines) {
            assertEquals(hash, Line.read(line).orElseThrow().previous());
            hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        }
    }

    @Test
    void theChainGoesOnWhenItIsOpenedAnew() throws Exception {
        for (int life = 0; life < 3; life++) {
            try (AuditLog audit = log.open(LARGE)) {
                assertEquals(3 + 4 * life, audit.tell(LogFolder.asked("GET /")));
            }
        }

        log.assertChained(13);
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        log.open(LARGE).close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log.path())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log.segment(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"seq\":4,\"ti", "{\"seq\":4,\"time\":\"\"}\n", "\0\0\0\0\0\n\0\0\0\0", "\n"})
    void whatACrashHasLeftIsCutOffAndThatIsRecorded(String torn) throws Exception {
        try (AuditLog audit = log.open(LARGE)) {
            audit.commit(LogFolder.asked("PUT /projects/web"));
        }
        Files.writeString(log.segment(1), torn, StandardOpenOption.APPEND);

        log.open(LARGE).close();

        assertEquals(
                List.of(
                        "segment",
                        "checkpoint",
                        "request",
                        "stop",
                        "checkpoint",
                        "cut",
                        "checkpoint",
                        "stop",
                        "checkpoint"),
                log.types());
        assertEquals(
                torn.length(), LogFolder.json(log.lines().get(5)).path("bytes").asInt());
        log.assertChained(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"seq\":"})
    void aSegmentThatWasOnlyBegunIsBegunAgain(String torn) throws Exception {
        log.open(LARGE).close();
        Files.writeString(log.segment(2), torn);

        log.open(LARGE).close();

        assertEquals(
                2,
                Line.read(LogFolder.lines(log.segment(2)).getFirst())
                        .orElseThrow()
                        .json()
                        .path("number")
                        .asInt());
        log.assertChained(torn.isEmpty() ? 8 : 9);
    }

    @Test
    void aClockMovedByADayEitherWayBreaksNothing() throws Exception {
        SetClock clock = new SetClock();
        try (AuditLog audit = log.open(LARGE, clock)) {
            for (int days : new int[] {1, -1, -1, 1}) {
                clock.advance(Duration.ofDays(days));
                audit.commit(LogFolder.asked("GET /" + days));
            }
        }
        clock.advance(Duration.ofDays(-1));
        try (AuditLog audit = log.open(LARGE, clock)) {
            audit.commit(LogFolder.asked("GET /again"));
        }

        List<byte[]> lines = log.lines();
        log.assertChained(lines.size());
        assertEquals(
                5, log.types().stream().filter(type -> type.equals("request")).count());
        long before = 0;
        for (byte[] line : lines) {
            long monotonic = LogFolder.json(line).path("mono").asLong();
            assertTrue(monotonic >= before, "the order is told by the clock that never goes back");
            before = monotonic;
        }
        assertInstanceOf(Verification.Sound.class, Verification.of(List.of(log.path()), Optional.empty()));
    }

    @Test
    void whenASegmentIsFullTheChainGoesOnInTheNext() throws Exception {
        try (AuditLog audit = log.open(SMALL)) {
            for (int i = 0; i < 40; i++) {
                audit.commit(LogFolder.asked("PUT /projects/" + i));
            }
        }

        List<Integer> numbers = log.numbers();
        assertEquals(
                LongStream.rangeClosed(1, numbers.size())
                        .boxed()
                        .map(Long::intValue)
                        .toList(),
                numbers);
        assertTrue(numbers.size() > 5, numbers::toString);
        for (int number : numbers) {
            assertEquals(
                    "segment",
                    LogFolder.json(LogFolder.lines(log.segment(number)).getFirst())
                            .path("type")
                            .asText());
            assertTrue(Files.size(log.segment(number)) < 3500);
        }
        log.assertChained(40 + numbers.size() + 3);
    }

    @Test
    void manyCommitsAtOnceAreAllThereInOneChain() throws Exception {
        try (AuditLog audit = log.open(SMALL);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> commits = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                commits.add(() -> audit.commit(LogFolder.asked("PUT /projects/web")));
            }
            List<Long> given = new ArrayList<>();
            for (Future<Long> commit : threads.invokeAll(commits)) {
                given.add(commit.get());
            }
            assertEquals(500, given.stream().distinct().count());
        }

        assertEquals(500, log.types().stream().filter("request"::equals).count());
        log.assertChained(log.lines().size());
    }

    @Test
    void anInterruptedThreadDoesNotHarmTheLog() throws Exception {
        try (AuditLog audit = log.open(LARGE)) {
            Thread.currentThread().interrupt();
            assertEquals(3, audit.tell(LogFolder.asked("GET /")));
            assertThrows(InterruptedException.class, () -> audit.commit(LogFolder.asked("PUT /projects/web")));

            assertEquals(5, audit.commit(LogFolder.asked("PUT /projects/web")));
        }
        log.assertChained(7);
    }

    @Test
    void whatIsReadAreTheLinesOfTheFilesWhateverPeersChose() throws Exception {
        try (AuditLog audit = log.open(SMALL)) {
            for (String hostile :
                    List.of("\n", "\r", "\u2028", "\u001b[31m", "\u202e", "\ud800", "jürgen", "\"\\", "\0")) {
                audit.tell(LogFolder.asked("GET /" + hostile + "x"));
            }
            audit.tell(LogFolder.asked("GET /" + "x".repeat(100_000)));
            audit.commit(new AuditEvent.Noted("key-added", new TreeMap<>(java.util.Map.of("by", "owner\u009b"))));
            ByteArrayOutputStream given = new ByteArrayOutputStream();
            for (JsonNode record : all(audit.records(0, false))) {
                given.writeBytes((record + "\n").getBytes(UTF_8));
            }

            ByteArrayOutputStream files = new ByteArrayOutputStream();
            for (int number : log.numbers()) {
                files.writeBytes(Files.readAllBytes(log.segment(number)));
            }
            assertArrayEquals(files.toByteArray(), given.toByteArray());
            assertFalse(files.toString(UTF_8).codePoints().anyMatch(c -> c != '\n' && Character.isISOControl(c)));
            assertTrue(files.size() < 30_000);
        }
    }

    @Test
    void recordsAreReadFromAnyOne() throws Exception {
        try (AuditLog audit = log.open(SMALL)) {
            for (int i = 0; i < 50; i++) {
                audit.tell(LogFolder.asked("GET /"));
            }
            long last = audit.end().sequence();
            for (long after = 0; after <= last + 1; after += 7) {
                List<Long> wanted =
                        LongStream.rangeClosed(after + 1, last).boxed().toList();
                assertEquals(wanted, sequences(all(audit.records(after, false))));
            }
        }
    }

    @Test
    void aFollowerGetsWhatComesAndEndsWithTheLog() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<JsonNode>> followed;
            try (AuditLog audit = log.open(SMALL)) {
                AuditRecords records = audit.records(0, true);
                followed = threads.submit(() -> all(records));
                for (int i = 0; i < 100; i++) {
                    audit.tell(LogFolder.asked("GET /"));
                }
                audit.tellAside(new AuditEvent.LoginRefused(
                        new Origin("192.0.2.1:7", "s", "u"), "SHA256:y", Optional.empty(), "unknown key"));
            }

            assertEquals(LongStream.rangeClosed(1, log.lines().size()).boxed().toList(), sequences(followed.get()));
        }
    }

    @Test
    void whatIsToldAsideKeepsItsOrder() throws Exception {
        try (AuditLog audit = log.open(LARGE)) {
            audit.tellAside(
                    new AuditEvent.LoggedIn(new Origin("192.0.2.1:7", "s", "u"), "ann", "SHA256:x", Optional.empty()));
            audit.tell(LogFolder.asked("GET /"));
        }

        assertEquals(List.of("segment", "checkpoint", "login", "request", "stop", "checkpoint"), log.types());
    }

    private static List<JsonNode> all(AuditRecords records) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        try (records) {
            for (JsonNode record = records.next(); record != null; record = records.next()) {
                all.add(record);
            }
        }
        return all;
    }

    private static List<Long> sequences(List<JsonNode> records) {
        return records.stream().map(record -> record.path("seq").asLong()).toList();
    }
}
