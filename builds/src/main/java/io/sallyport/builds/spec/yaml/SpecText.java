package io.sallyport.builds.spec.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/** Bytes to characters: UTF-8 and nothing else, of bounded size, without what YAML does not allow in a text. */
public final class SpecText {
    /** The largest spec, in bytes. */
    public static final int LARGEST = 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SpecText() {}

    /** The text; empty when there is none, which is among the errors then. */
    public static Optional<String> decode(String file, byte[] bytes, Report report) {
        if (bytes.length > LARGEST) {
            report.error(Place.start(file), "it is larger than " + LARGEST + " bytes");
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            report.error(end(file, text), "this is not UTF-8");
            return Optional.empty();
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        return printable(file, text, report) ? Optional.of(text) : Optional.empty();
    }

    /** YAML 1.1, section 5.1: control characters but line ends and tabs must be written as escapes. */
    private static boolean printable(String file, String text, Report report) {
        int[] stranger = text.codePoints()
                .filter(c -> !StreamReader.isPrintable(c))
                .limit(1)
                .toArray();
        if (stranger.length == 0) {
            return true;
        }
        report.error(
                end(file, text.substring(0, text.indexOf(stranger[0]))),
                String.format("a character that YAML does not allow here: U+%04X", stranger[0]));
        return false;
    }

    private static Place end(String file, String text) {
        int lineStart = text.lastIndexOf('\n') + 1;
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        return new Place(file, line, 1 + text.codePointCount(lineStart, text.length()));
    }
}
