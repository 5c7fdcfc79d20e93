package io.sallyport.gateway.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Each line a JSON object: {@code time}, {@code level}, {@code logger}, {@code message}, {@code stack} when something was thrown,
 * and what the line says as {@code name=value} as members of their own, numbers as numbers. Any thread.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final Pattern PLACE = Pattern.compile("(?:\\s*\\b([A-Za-z][A-Za-z0-9-]*)=)?\\{}");
    private static final Set<String> OWN = Set.of("time", "level", "logger", "message", "stack");
    private static final byte[] NOTHING = {};

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = json.createObjectNode();
        line.put("time", event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("level", event.getLevel().toString());
        String logger = event.getLoggerName();
        line.put("logger", logger.substring(logger.lastIndexOf('.') + 1));
        line.put("message", "");
        line.put("message", message(event, line));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.put("stack", ThrowableProxyUtil.asString(thrown));
        }
        try {
            return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is JSON", e);
        }
    }

    /** The words without the values that have names; these become members. */
    private static String message(ILoggingEvent event, ObjectNode line) {
        Object[] values = event.getArgumentArray();
        String template = String.valueOf(event.getMessage());
        if (values == null) {
            return template;
        }
        StringBuilder words = new StringBuilder();
        Matcher place = PLACE.matcher(template);
        int index = 0;
        while (index < values.length && place.find()) {
            Object value = values[index++];
            String name = place.group(1);
            if (name == null || OWN.contains(name)) {
                place.appendReplacement(
                        words, Matcher.quoteReplacement(place.group().replace("{}", String.valueOf(value))));
            } else {
                place.appendReplacement(words, "");
                put(line, name, value);
            }
        }
        return place.appendTail(words).toString().strip();
    }

    private static void put(ObjectNode line, String name, Object value) {
        switch (value) {
            case Integer number -> line.put(name, number);
            case Long number -> line.put(name, number);
            case Boolean flag -> line.put(name, flag);
            case Instant time -> line.put(name, time.toString());
            case null -> line.putNull(name);
            default -> line.put(name, value.toString());
        }
    }
}
