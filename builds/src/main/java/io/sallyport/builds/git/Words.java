package io.sallyport.builds.git;

/** What a remote says, made fit for an error message: one line, nothing that a terminal would obey, not long. */
final class Words {
    private static final int LONGEST = 200;

    private Words() {}

    static String of(String said) {
        StringBuilder words = new StringBuilder();
        said.codePoints().limit(2L * LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || Character.isWhitespace(c)) {
                words.append(' ');
            } else if (Character.isDefined(c) && Character.getType(c) != Character.FORMAT && !isSurrogate(c)) {
                words.appendCodePoint(c);
            } else {
                words.append('?');
            }
        });
        String text = words.toString().strip().replaceAll(" {2,}", " ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
