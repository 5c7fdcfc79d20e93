package io.sallyport.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One request: the words of an exec channel's command.
 *
 * @param words METHOD PATH or a short form, then {@code name=value} words; none contains NUL
 */
public record Request(List<String> words) {
    private static final String UNRESERVED = "-._~/";

    /** Keeps a copy of the words. */
    public Request {
        words = List.copyOf(words);
    }

    /** A request of these words. */
    public static Request of(String... words) {
        return new Request(List.of(words));
    }

    /** The same request with one more parameter. */
    public Request with(String name, String value) {
        return new Request(
                Stream.concat(words.stream(), Stream.of(name + "=" + value)).toList());
    }

    /** The same request with one more parameter. */
    public Request with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** The same request with one more parameter, if there is a value for it. */
    public Request with(String name, Optional<String> value) {
        return value.map(text -> with(name, text)).orElse(this);
    }

    /** The words as one line for the gateway's splitter. */
    public String commandLine() {
        return ShellWords.join(words);
    }

    /** The text for use in PATH: all but unreserved characters and slashes percent-encoded (RFC 3986, 2.1). */
    public static String encodePath(String text) {
        StringBuilder path = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            path.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return path.toString();
    }
}
