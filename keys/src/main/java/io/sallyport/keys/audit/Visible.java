package io.sallyport.keys.audit;

/** What peers choose (user names, paths), made safe to look at: no value breaks, hides or turns a line on a terminal. */
final class Visible {
    /** Longer values are cut, in characters. */
    static final int LONGEST = 1000;

    private Visible() {}

    /** Backslashes are doubled, and what is no visible character becomes a backslash, {@code u} and four hex digits. */
    static String text(String value) {
        int end = Math.min(value.length(), LONGEST);
        StringBuilder out = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                out.append("\\\\");
            } else if (visible(c)) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.append(end < value.length() ? "…" : "").toString();
    }

    /** Letters, numbers, punctuation, symbols and the plain space: nothing that breaks, hides or turns a line. */
    private static boolean visible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
