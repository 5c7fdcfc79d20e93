package io.sallyport.builds.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the headers before an entry say of it: pax records (IEEE 1003.1 pax, "pax Extended Header") and GNU's long
 * names. What they say goes before the entry's own header; pax goes before GNU's.
 */
final class TarExtensions {
    private static final Pattern TIME = Pattern.compile("-?\\d{1,18}(\\.\\d{0,30})?");
    private static final Pattern SIZE = Pattern.compile("\\d{1,18}");

    private byte @Nullable [] path;
    private byte @Nullable [] target;
    private byte @Nullable [] longPath;
    private byte @Nullable [] longTarget;
    private @Nullable Long size;
    private @Nullable Instant modified;
    private @Nullable String comment;
    private boolean sparse;

    /** Takes the body of a GNU {@code L} header. */
    void longPath(byte[] body) {
        longPath = TarHeader.text(body, 0, body.length);
    }

    /** Takes the body of a GNU {@code K} header. */
    void longTarget(byte[] body) {
        longTarget = TarHeader.text(body, 0, body.length);
    }

    /** Takes the records of a pax header, each {@code LENGTH KEY=VALUE\n}, where the length is of the whole record. */
    void records(byte[] body) throws Unacceptable {
        int at = 0;
        while (at < body.length) {
            int blank = find(body, (byte) ' ', at, Math.min(body.length, at + 10));
            int end = at + length(body, at, blank);
            if (end > body.length || end <= blank + 1 || body[end - 1] != '\n') {
                throw malformed();
            }
            int equals = find(body, (byte) '=', blank + 1, end);
            record(
                    new String(body, blank + 1, equals - blank - 1, StandardCharsets.UTF_8),
                    Arrays.copyOfRange(body, equals + 1, end - 1));
            at = end;
        }
    }

    private static int find(byte[] bytes, byte wanted, int from, int to) throws Unacceptable {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw malformed();
    }

    private static int length(byte[] body, int from, int to) throws Unacceptable {
        String digits = new String(body, from, to - from, StandardCharsets.ISO_8859_1);
        if (!SIZE.matcher(digits).matches()) {
            throw malformed();
        }
        return Integer.parseInt(digits);
    }

    private void record(String key, byte[] value) throws Unacceptable {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        switch (key) {
            case "path" -> path = value;
            case "linkpath" -> target = value;
            case "size" -> size = Long.valueOf(matching(SIZE, text));
            case "mtime" -> modified = time(new BigDecimal(matching(TIME, text)));
            case "comment" -> comment = text;
            default -> sparse |= key.startsWith("GNU.sparse.");
        }
    }

    private static String matching(Pattern pattern, String value) throws Unacceptable {
        if (!pattern.matcher(value).matches()) {
            throw malformed();
        }
        return value;
    }

    private static Instant time(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        int nanos = seconds.subtract(whole).movePointRight(9).intValue();
        return Times.of(whole.longValue(), nanos);
    }

    private static Unacceptable malformed() {
        return Unacceptable.damaged("an extended header is malformed");
    }

    /** Whether the entry's body is not its content, but pieces of it and where they belong. */
    boolean sparse() {
        return sparse;
    }

    /** Whether these, as global ones, would change what every following entry is. */
    boolean changeEntries() {
        return path != null || target != null || size != null || sparse;
    }

    byte[] path(TarHeader header) {
        return path != null ? path : longPath != null ? longPath : header.name();
    }

    byte[] target(TarHeader header) {
        return target != null ? target : longTarget != null ? longTarget : header.target();
    }

    long size(TarHeader header) {
        return size != null ? size : header.size();
    }

    Instant modified(TarHeader header) {
        return modified != null ? modified : Times.of(header.modified(), 0);
    }

    /** The commit id that {@code git archive} writes as the comment of a global header. */
    Optional<String> gitCommit() {
        return Optional.ofNullable(comment).flatMap(GitCommit::parse);
    }
}
