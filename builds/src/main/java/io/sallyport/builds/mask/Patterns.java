package io.sallyport.builds.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is looked for to find values: themselves, their lines, and what shells and forms write for them. */
final class Patterns {
    /** Longer ones are looked for in pieces, so that no more than this is held back. */
    static final int PIECE = 1024;

    private Patterns() {}

    /** Those of values. A value without {@link Mask#LEAST} characters has none. */
    static List<byte[]> of(Collection<String> values) {
        Set<String> texts = new LinkedHashSet<>();
        values.forEach(value -> add(texts, value));
        List<byte[]> patterns = new ArrayList<>();
        for (String text : texts) {
            cut(text.getBytes(UTF_8), patterns);
            if (text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))) {
                cut(Cesu8.bytes(text), patterns);
            }
        }
        return patterns;
    }

    private static void add(Set<String> texts, String value) {
        addWritten(texts, value.strip());
        List<String> lines = value.lines().map(String::strip).toList();
        if (lines.size() > 1) {
            lines.stream().filter(line -> Mask.variety(line) >= Mask.FEW).forEach(line -> addWritten(texts, line));
        }
    }

    private static void addWritten(Set<String> texts, String text) {
        if (text.codePointCount(0, text.length()) >= Mask.LEAST) {
            texts.add(text);
            texts.add(text.replace("'", "'\\''")); // within quotes in a shell's trace
            texts.add(text.replace(' ', '+')); // in a form's fields
        }
    }

    /** Pieces share a byte, so that what is found of one after the other is one. */
    private static void cut(byte[] text, List<byte[]> into) {
        int pieces = Math.ceilDiv(text.length - 1, PIECE - 1);
        int length = Math.ceilDiv(text.length - 1, pieces);
        for (int from = 0; from < text.length - 1; from += length) {
            into.add(Arrays.copyOfRange(text, from, Math.min(from + length + 1, text.length)));
        }
    }
}
