package io.sallyport.keys.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.keys.Decision;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a log, and the key that signs it. */
record LogFolder(Path home, HostKey key) {
    /** All that the tests write fits into one segment. */
    static final AuditSettings LARGE = new AuditSettings(1 << 20, Duration.ofDays(1), 100, Duration.ofDays(9));

    /** A segment holds about five requests. */
    static final AuditSettings SMALL = new AuditSettings(2500, Duration.ofDays(1), 100, Duration.ofDays(9));

    static LogFolder in(Path home) throws IOException {
        return new LogFolder(home, HostKey.make(home.resolve("host_key")));
    }

    AuditLog open(AuditSettings settings) throws IOException {
        return open(settings, Clock.systemUTC());
    }

    AuditLog open(AuditSettings settings, Clock clock) throws IOException {
        return AuditLog.open(path(), settings, clock, key);
    }

    Path path() {
        return home.resolve("audit");
    }

    Path segment(int number) {
        return new Segments(path()).file(number);
    }

    List<Integer> numbers() throws IOException {
        return new Segments(path()).numbers();
    }

    static AuditEvent asked(String request) {
        return new AuditEvent.Asked(
                new Origin("127.0.0.1:5000", "0011223344556677", "git"),
                "anna",
                "SHA256:x",
                Optional.empty(),
                "exec",
                0,
                Optional.of(Verb.MANAGE_PROJECTS),
                request,
                "",
                new Decision.Allow("admin on *"));
    }

    /** All lines of all segments make one chain of so many records. */
    void assertChained(int count) throws IOException {
        ChainEnd end = ChainEnd.START;
        for (byte[] line : lines()) {
            Line read = Line.read(line).orElseThrow();
            assertTrue(read.continues(end), new String(line, UTF_8));
            end = read.end();
        }
        assertEquals(count, end.sequence());
    }

    List<byte[]> lines() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int number : numbers()) {
            all.addAll(lines(segment(number)));
        }
        return all;
    }

    static List<byte[]> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.getBytes(UTF_8)).toList();
        }
    }

    /** The types of all records. */
    List<String> types() throws IOException {
        return lines().stream().map(line -> json(line).path("type").asText()).toList();
    }

    static JsonNode json(byte[] line) {
        return Line.read(line).orElseThrow().json();
    }
}
