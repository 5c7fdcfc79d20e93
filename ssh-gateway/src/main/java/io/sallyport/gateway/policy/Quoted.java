package io.sallyport.gateway.policy;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Texts as YAML has them on one line, without quotes where nobody could take them for something else. */
final class Quoted {
    private static final int LONGEST_WORD = 60;
    private static final int LARGEST_OF_FOUR_DIGITS = 0xFFFF;

    /** Begins with a letter, so that it is no number, and has nothing in it that means something to YAML. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z](?:[A-Za-z0-9._/+=@* -]*[A-Za-z0-9._/+=@*-])?");

    /** To YAML 1.1 as its page has it, but not to every reader of it. */
    private static final Pattern PERHAPS_TRUE_OR_FALSE = Pattern.compile("[yYnN]");

    private Quoted() {}

    /** As it stands in a file. */
    static String ifNeeded(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !PERHAPS_TRUE_OR_FALSE.matcher(text).matches()
                && new Resolver().resolve(NodeId.scalar, text, true).equals(Tag.STR);
        return plain ? text : '"' + escaped(text) + '"';
    }

    /** A word of a file as messages show it: in quotes, cut when long. */
    static String word(String text) {
        String start = text.codePoints()
                .limit(LONGEST_WORD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "'" + visible(start) + (start.length() < text.length() ? "…" : "") + "'";
    }

    /** A text with nothing in it that a terminal would obey, and nothing that hides. */
    static String visible(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isVisible(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(escape(c));
            }
        });
        return out.toString();
    }

    private static String escaped(String text) {
        return visible(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static String escape(int c) {
        return c > LARGEST_OF_FOUR_DIGITS ? String.format("\\U%08X", c) : String.format("\\u%04X", c);
    }
}
