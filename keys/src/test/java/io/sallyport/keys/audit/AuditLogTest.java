package io.sallyport.keys.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.keys.Decision;
import io.sallyport.keys.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
    private static final AuditSettings LARGE = new AuditSettings(1 << 20, Duration.ofDays(1), 100, Duration.ofDays(9));
    private static final AuditSettings SMALL = new AuditSettings(2000, Duration.ofDays(1), 100, Duration.ofDays(9));

    @TempDir
    Path home;

    @Test
    void eachRecordHoldsTheHashOfTheLineBeforeIt() throws Exception {
        try (AuditLog log = open(LARGE)) {
            log.tell(asked("GET /"));
            log.commit(asked("PUT /projects/web"));
        }

        List<byte[]> lines = lines();

        assertEquals(List.of("segment", "request", "request", "stop"), types(lines));
        String hash = "0".repeat(64);
        for (byte[] line : lines) {
            assertEquals(hash, Line.read(line).orElseThrow().previous());
            hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        }
    }

    @Test
    void theChainGoesOnWhenItIsOpenedAnew() throws Exception {
        for (int life = 0; life < 3; life++) {
            try (AuditLog log = open(LARGE)) {
                assertEquals(2 + 2 * life, log.tell(asked("GET /")));
            }
        }

        assertChained(7);
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        open(LARGE).close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(segment(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"seq\":4,\"ti", "{\"seq\":4,\"time\":\"\"}\n", "\0\0\0\0\0\n\0\0\0\0", "\n"})
    void whatACrashHasLeftIsCutOffAndThatIsRecorded(String torn) throws Exception {
        try (AuditLog log = open(LARGE)) {
            log.commit(asked("PUT /projects/web"));
        }
        Files.writeString(segment(1), torn, StandardOpenOption.APPEND);

        open(LARGE).close();

        assertEquals(List.of("segment", "request", "stop", "cut", "stop"), types(lines()));
        assertEquals(torn.length(), json(lines().get(3)).path("bytes").asInt());
        assertChained(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"seq\":"})
    void aSegmentThatWasOnlyBegunIsBegunAgain(String torn) throws Exception {
        open(LARGE).close();
        Files.writeString(segment(2), torn);

        open(LARGE).close();

        assertEquals(
                2,
                Line.read(lines(segment(2)).getFirst())
                        .orElseThrow()
                        .json()
                        .path("number")
                        .asInt());
        assertChained(torn.isEmpty() ? 4 : 5);
    }

    @Test
    void whenASegmentIsFullTheChainGoesOnInTheNext() throws Exception {
        try (AuditLog log = open(SMALL)) {
            for (int i = 0; i < 40; i++) {
                log.commit(asked("PUT /projects/" + i));
            }
        }

        List<Integer> numbers = new Segments(folder()).numbers();
        assertEquals(
                LongStream.rangeClosed(1, numbers.size())
                        .boxed()
                        .map(Long::intValue)
                        .toList(),
                numbers);
        assertTrue(numbers.size() > 5, numbers::toString);
        for (int number : numbers) {
            assertEquals("segment", types(lines(segment(number))).getFirst());
            assertTrue(Files.size(segment(number)) < 3000);
        }
        assertChained(40 + numbers.size() + 1);
    }

    @Test
    void manyCommitsAtOnceAreAllThereInOneChain() throws Exception {
        try (AuditLog log = open(SMALL);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> commits = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                commits.add(() -> log.commit(asked("PUT /projects/web")));
            }
            List<Long> given = new ArrayList<>();
            for (Future<Long> commit : threads.invokeAll(commits)) {
                given.add(commit.get());
            }
            assertEquals(500, given.stream().distinct().count());
        }

        assertEquals(500, types(lines()).stream().filter("request"::equals).count());
        assertChained(lines().size());
    }

    @Test
    void anInterruptedThreadDoesNotHarmTheLog() throws Exception {
        try (AuditLog log = open(LARGE)) {
            Thread.currentThread().interrupt();
            assertEquals(2, log.tell(asked("GET /")));
            assertThrows(InterruptedException.class, () -> log.commit(asked("PUT /projects/web")));

            assertEquals(4, log.commit(asked("PUT /projects/web")));
        }
        assertChained(5);
    }

    @Test
    void whatIsReadAreTheLinesOfTheFilesWhateverPeersChose() throws Exception {
        try (AuditLog log = open(SMALL)) {
            for (String hostile :
                    List.of("\n", "\r", "\u2028", "\u001b[31m", "\u202e", "\ud800", "jürgen", "\"\\", "\0")) {
                log.tell(asked("GET /" + hostile + "x"));
            }
            log.tell(asked("GET /" + "x".repeat(100_000)));
            log.commit(new AuditEvent.Noted("key-added", new TreeMap<>(java.util.Map.of("by", "owner\u009b"))));
            ByteArrayOutputStream given = new ByteArrayOutputStream();
            for (JsonNode record : all(log.records(0, false))) {
                given.writeBytes((record + "\n").getBytes(UTF_8));
            }

            ByteArrayOutputStream files = new ByteArrayOutputStream();
            for (int number : new Segments(folder()).numbers()) {
                files.writeBytes(Files.readAllBytes(segment(number)));
            }
            assertArrayEquals(files.toByteArray(), given.toByteArray());
            assertFalse(files.toString(UTF_8).codePoints().anyMatch(c -> c != '\n' && Character.isISOControl(c)));
            assertTrue(files.size() < 20_000);
        }
    }

    @Test
    void recordsAreReadFromAnyOne() throws Exception {
        try (AuditLog log = open(SMALL)) {
            for (int i = 0; i < 50; i++) {
                log.tell(asked("GET /"));
            }
            long last = log.end().sequence();
            for (long after = 0; after <= last + 1; after++) {
                List<Long> wanted =
                        LongStream.rangeClosed(after + 1, last).boxed().toList();
                assertEquals(wanted, sequences(all(log.records(after, false))));
            }
        }
    }

    @Test
    void aFollowerGetsWhatComesAndEndsWithTheLog() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<JsonNode>> followed;
            try (AuditLog log = open(SMALL)) {
                AuditRecords records = log.records(0, true);
                followed = threads.submit(() -> all(records));
                for (int i = 0; i < 100; i++) {
                    log.tell(asked("GET /"));
                }
                log.tellAside(
                        new AuditEvent.LoginRefused(new Origin("192.0.2.1:7", "s", "u"), "SHA256:y", "unknown key"));
            }

            assertEquals(LongStream.rangeClosed(1, lines().size()).boxed().toList(), sequences(followed.get()));
        }
    }

    @Test
    void whatIsToldAsideKeepsItsOrder() throws Exception {
        try (AuditLog log = open(LARGE)) {
            log.tellAside(new AuditEvent.LoggedIn(new Origin("192.0.2.1:7", "s", "u"), "ann", "SHA256:x"));
            log.tell(asked("GET /"));
        }

        assertEquals(List.of("segment", "login", "request", "stop"), types(lines()));
    }

    private AuditLog open(AuditSettings settings) throws IOException {
        return AuditLog.open(folder(), settings, Clock.systemUTC());
    }

    private Path folder() {
        return home.resolve("audit");
    }

    private Path segment(int number) {
        return new Segments(folder()).file(number);
    }

    private static AuditEvent asked(String request) {
        return new AuditEvent.Asked(
                new Origin("127.0.0.1:5000", "0011223344556677", "git"),
                "anna",
                "SHA256:x",
                "exec",
                0,
                Optional.of(Verb.MANAGE_PROJECTS),
                request,
                "",
                new Decision.Allow("admin on *"));
    }

    /** All lines of all segments make one chain of so many records. */
    private void assertChained(int count) throws IOException {
        ChainEnd end = ChainEnd.START;
        for (byte[] line : lines()) {
            Line read = Line.read(line).orElseThrow();
            assertTrue(read.continues(end), new String(line, UTF_8));
            end = read.end();
        }
        assertEquals(count, end.sequence());
    }

    private List<byte[]> lines() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int number : new Segments(folder()).numbers()) {
            all.addAll(lines(segment(number)));
        }
        return all;
    }

    private static List<byte[]> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.getBytes(UTF_8)).toList();
        }
    }

    private static List<String> types(List<byte[]> lines) {
        return lines.stream().map(line -> json(line).path("type").asText()).toList();
    }

    private static JsonNode json(byte[] line) {
        return Line.read(line).orElseThrow().json();
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
