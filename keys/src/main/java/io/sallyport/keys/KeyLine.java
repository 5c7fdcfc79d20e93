package io.sallyport.keys;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What became of a text that should be one public key line, as in {@code .pub} and authorized_keys files. */
sealed interface KeyLine {
    /** It is an acceptable key. */
    record Accepted(KeyBlob key, String comment) implements KeyLine {}

    /** It is not: why, and what would do. */
    record Refused(String reason, String hint) implements KeyLine {}

    /** The longest text that is looked at, in characters. */
    int LONGEST = 16 * 1024;

    /** The longest comment, in characters. */
    int LONGEST_COMMENT = 256;

    /**
     * Reads a text of one key: {@code type base64 [comment]}. Line ends of any kind, blanks around, empty lines,
     * lines of comment and a byte order mark are let pass.
     */
    static KeyLine read(String text) {
        Optional<Refused> foreign = Foreign.recognise(text);
        if (foreign.isPresent()) {
            return foreign.get();
        }
        if (text.length() > LONGEST) {
            return new Refused("longer than " + LONGEST + " characters", "send one public key");
        }
        String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> lines = start.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        return switch (lines.size()) {
            case 0 -> new Refused("there is no key in it", "send the line of a .pub file");
            case 1 -> readLine(lines.getFirst());
            default -> new Refused(lines.size() + " lines where one key is expected", "send one key at a time");
        };
    }

    private static KeyLine readLine(String line) {
        if (line.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
            return new Refused("control characters in it", "send the line of a .pub file, in UTF-8");
        }
        String[] words = Pattern.compile("[ \t]+").split(line, 3);
        Optional<KeyType> type = KeyType.of(words[0]);
        if (type.isEmpty()) {
            return Foreign.unknownType(words[0], line);
        }
        if (words.length < 2) {
            return new Refused("only the type, without the key", "send the whole line of the .pub file");
        }
        String comment = words.length == 3 ? words[2].strip() : "";
        if (comment.length() > LONGEST_COMMENT) {
            return new Refused("a comment longer than " + LONGEST_COMMENT + " characters", "shorten the comment");
        }
        return decode(type.get(), words[1], comment);
    }

    private static KeyLine decode(KeyType type, String base64, String comment) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new Refused("the key is not base64", "send the line of the .pub file unchanged");
        }
        return KeyCheck.fault(type, bytes)
                .<KeyLine>map(fault -> fault)
                .orElseGet(() -> new Accepted(new KeyBlob(type, bytes), comment));
    }
}
