package io.sallyport.builds.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names and paths of entries: decoding, checking, showing. */
final class Names {
    /** What Linux file systems take for a name and a path, in bytes. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4095;
    private static final int LONGEST_SHOWN = 200;

    private Names() {}

    /** The text of UTF-8 bytes; empty when they are not UTF-8. */
    static Optional<String> utf8(byte[] bytes) {
        if (isAscii(bytes)) {
            return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte b : bytes) {
            all |= b;
        }
        return all >= 0;
    }

    /** The text of UTF-8 bytes; other bytes are refused, as they would be different files to different tools. */
    static String name(byte[] bytes) throws Unacceptable {
        return utf8(bytes)
                .orElseThrow(() ->
                        Unacceptable.hostile(new String(bytes, StandardCharsets.ISO_8859_1), "its name is not UTF-8"));
    }

    /**
     * The path of an entry inside the folder, {@code a/b/c}: without leading, trailing or doubled slashes and without
     * {@code .}. The folder itself is the empty text.
     */
    static String path(String name) throws Unacceptable {
        if (name.isEmpty()) {
            throw Unacceptable.hostile(name, "it has no name");
        }
        if (name.startsWith("/")) {
            throw Unacceptable.hostile(name, "its path is absolute");
        }
        if (isPlain(name)) {
            return name;
        }
        List<String> names = parts(name, name);
        if (names.contains("..")) {
            throw Unacceptable.hostile(name, "its path has '..'");
        }
        return String.join("/", names);
    }

    /** Whether a name is surely a path as it should be, told at a glance; most are. */
    private static boolean isPlain(String name) {
        int start = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/') {
                start = i + 1;
            } else if (c < ' ' || c > '~' || c == '\\' || (c == '.' && i == start) || i - start >= LONGEST_NAME) {
                return false;
            }
        }
        return start < name.length() && name.length() <= LONGEST_PATH && !name.contains("//");
    }

    /** The names of a path or of a link's target, without {@code .}, each fit for a file system. */
    static List<String> parts(String path, String entry) throws Unacceptable {
        checkCharacters(path, entry);
        if (bytes(path) > LONGEST_PATH) {
            throw Unacceptable.hostile(entry, "a path of more than " + LONGEST_PATH + " bytes");
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (bytes(part) > LONGEST_NAME) {
                throw Unacceptable.hostile(entry, "a name of more than " + LONGEST_NAME + " bytes");
            }
            parts.add(part);
        }
        return parts;
    }

    private static void checkCharacters(String text, String entry) throws Unacceptable {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                throw Unacceptable.hostile(entry, "a backslash in a path");
            }
            if (Character.isISOControl(c)) {
                throw Unacceptable.hostile(entry, "a control character in a path");
            }
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The path of the folder that an entry is in; the empty text for one at the top. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** A name of unknown origin made fit to be shown: control characters as {@code \xNN}, cut when it is long. */
    static String printable(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < name.length() && i < LONGEST_SHOWN; i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !paired(name, i))) {
                shown.append(String.format("\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return name.length() > LONGEST_SHOWN ? shown.append('…').toString() : shown.toString();
    }

    private static boolean paired(String text, int i) {
        int last = Math.min(text.length(), LONGEST_SHOWN) - 1;
        return Character.isHighSurrogate(text.charAt(i))
                ? i < last && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
