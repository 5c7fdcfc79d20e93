package io.sallyport.builds.variable;

/** Finds {@code $NAME}, {@code ${NAME}} and {@code $$} in texts. A dollar sign before anything else is one. */
final class Reference {
    private Reference() {}

    /** Who is told what a text is made of, in its order. */
    interface Reader {
        /** What is no reference. */
        void words(String text);

        /** A reference to a variable, and how it is written. */
        void reference(String name, String written);
    }

    /** Hands the text over. */
    static void each(String text, Reader reader) {
        int done = 0;
        for (int at = text.indexOf('$'); at >= 0 && at + 1 < text.length(); at = text.indexOf('$', at)) {
            boolean braces = text.charAt(at + 1) == '{';
            int start = braces ? at + 2 : at + 1;
            int end = nameEnd(text, start);
            if (text.charAt(at + 1) == '$') {
                reader.words(text.substring(done, at + 1));
                done = at + 2;
                at = done;
            } else if (end > start && (!braces || text.startsWith("}", end))) {
                reader.words(text.substring(done, at));
                done = braces ? end + 1 : end;
                reader.reference(text.substring(start, end), text.substring(at, done));
                at = done;
            } else {
                at++;
            }
        }
        reader.words(text.substring(done));
    }

    private static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isPart(text.charAt(end), end > start)) {
            end++;
        }
        return end;
    }

    private static boolean isPart(char c, boolean inside) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (inside && c >= '0' && c <= '9');
    }
}
