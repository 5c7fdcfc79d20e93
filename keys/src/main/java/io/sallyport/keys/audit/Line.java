package io.sallyport.keys.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One record as it stands in a file: a JSON object on a line of its own. {@code prev}, the hash of the line before,
 * makes the chain; {@code crc}, over the bytes before it, tells a damaged line by itself, which matters for the last
 * one: nothing follows it yet.
 *
 * @param json all members
 * @param end the place after it
 */
record Line(JsonNode json, ChainEnd end) {
    /** Longer lines are none of ours, in bytes: values are bounded, see {@link Visible#LONGEST}. */
    static final int LONGEST = 64 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] CRC = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_LENGTH = CRC.length + 10;

    /**
     * The line of a new record.
     *
     * @param end what it is chained to
     * @param mono the machine's monotonic clock, in nanoseconds
     * @param fields the record's own members
     */
    static byte[] make(ChainEnd end, Instant time, long mono, ObjectNode fields) {
        String own = fields.toString();
        String text = "{\"seq\":" + (end.sequence() + 1) + ",\"time\":\"" + TIME.format(time) + "\",\"mono\":" + mono
                + ",\"prev\":\"" + end.hash() + "\"," + own.substring(1, own.length() - 1);
        byte[] head = text.getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[head.length + CRC_LENGTH];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(CRC, 0, line, head.length, CRC.length);
        byte[] sum = (crc(head, head.length) + "\"}").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, line, head.length + CRC.length, sum.length);
        return line;
    }

    static String text(Instant time) {
        return TIME.format(time);
    }

    /** Reads a line; empty when it is damaged, or never was one of ours. */
    static Optional<Line> read(byte[] bytes) {
        int end = bytes.length - CRC_LENGTH;
        if (end < 0 || bytes.length > LONGEST) {
            return Optional.empty();
        }
        String tail = new String(bytes, end, CRC_LENGTH, StandardCharsets.ISO_8859_1);
        if (!tail.equals(new String(CRC, StandardCharsets.US_ASCII) + crc(bytes, end) + "\"}")) {
            return Optional.empty();
        }
        try {
            JsonNode json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            boolean whole = json.isObject() && json.path("seq").isIntegralNumber() && json.has("prev");
            return whole
                    ? Optional.of(new Line(json, ChainEnd.after(json.path("seq").asLong(), bytes)))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    long sequence() {
        return end.sequence();
    }

    String previous() {
        return json.path("prev").asText();
    }

    /** When it was written; the beginning of time when it does not say. */
    Instant time() {
        try {
            return Instant.parse(json.path("time").asText());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    String type() {
        return json.path(Fields.TYPE).asText();
    }

    /** Whether it stands right after that place. */
    boolean continues(ChainEnd place) {
        return sequence() == place.sequence() + 1 && previous().equals(place.hash());
    }

    private static String crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
