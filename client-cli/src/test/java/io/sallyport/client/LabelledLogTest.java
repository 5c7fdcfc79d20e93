package io.sallyport.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people are shown of a log, when its connection is cut behind every byte of it. */
@Timeout(60)
class LabelledLogTest {
    private static final List<ObjectNode> RECORDS = List.of(
            record(0, "", "build 1\n"),
            record(8, "unit", "12 tests "),
            record(17, "lint", "clean\n"),
            record(23, "unit", "passed\n"),
            record(30, "lint", "bad \ufffd\ufffd bytes\n"), // two bytes in the log
            record(43, "lint", "50%\r100%\r\n"),
            record(53, "unit", "\u00e4\u20ac\ud83d\ude00"), // nine
            record(62, "", "\nended\n"));

    private static final String SHOWN = """
            build 1
            unit | 12 tests\s
            lint | clean
            unit | passed
            lint | bad \ufffd\ufffd bytes
            lint | 50%\rlint | 100%\r
            unit | \u00e4\u20ac\ud83d\ude00
            ended
            """;

    private final List<String> asked = new ArrayList<>();

    @Test
    void everyLineOfAJobHasItsName() throws Exception {
        assertEquals(SHOWN, shown(Integer.MAX_VALUE));
        assertEquals(List.of("GET /builds/1/log format=ndjson follow=true"), asked);
    }

    @Test
    void nothingIsShownTwiceOrLeftOutAfterACut() throws Exception {
        int all = lines(0).length;
        for (int length = 0; length < all; length++) {
            assertEquals(SHOWN, shown(length), "cut after " + length + " bytes");
        }
    }

    private String shown(int cutAfter) throws Exception {
        asked.clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Patience patience = new Patience(Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofMinutes(1));
        try (SallyClient client =
                new SallyClient(new Cut(cutAfter), patience, OutputStream.nullOutputStream(), interruption -> {})) {
            assertEquals(3, client.labelledLog(LogRequest.followed(1), out));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ObjectNode record(long offset, String job, String text) {
        ObjectNode record = Json.object().put("offset", offset).put("text", text);
        return job.isEmpty() ? record : record.put("job", job);
    }

    /** What a gateway gives from an offset: one that lies at the beginning of a record. */
    private static byte[] lines(long offset) {
        StringBuilder lines = new StringBuilder();
        RECORDS.stream()
                .filter(record -> record.path("offset").asLong() >= offset)
                .forEach(record -> lines.append(record).append('\n'));
        return (lines + "{\"offset\":69,\"end\":true,\"state\":\"canceled\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The first connection ends after so many bytes. */
    private final class Cut implements Transport {
        private final int length;

        Cut(int length) {
            this.length = length;
        }

        @Override
        public Channel open(String commandLine) {
            asked.add(commandLine);
            String offset = commandLine.replaceAll(".*offset=(\\d+).*|.*", "$1");
            byte[] lines = lines(offset.isEmpty() ? 0 : Long.parseLong(offset));
            boolean cut = asked.size() == 1 && length < lines.length;
            return new Answered(
                    new ByteArrayInputStream(lines, 0, cut ? length : lines.length),
                    cut ? OptionalInt.empty() : OptionalInt.of(3));
        }

        @Override
        public Channel openSubsystem(String name) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private record Answered(InputStream output, OptionalInt status) implements Channel {
        @Override
        public OutputStream input() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream errors() {
            return InputStream.nullInputStream();
        }

        @Override
        public OptionalInt await() {
            return status;
        }

        @Override
        public void close() {
            // It has ended.
        }
    }
}
