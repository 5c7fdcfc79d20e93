package io.sallyport.builds.spec.yaml;

/** Somebody else's words as messages show them: cut when long, without control characters. */
public final class Shown {
    private static final int LONGEST_WORD = 60;
    private static final int LONGEST_SENTENCE = 300;

    private Shown() {}

    /** A word, in quotes. */
    public static String word(String word) {
        return "'" + shown(word, LONGEST_WORD) + "'";
    }

    /** A sentence. */
    public static String sentence(String sentence) {
        return shown(sentence, LONGEST_SENTENCE);
    }

    private static String shown(String text, int longest) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append(text.codePointCount(0, text.length()) > longest ? "…" : "")
                .toString();
    }
}
