package io.sallyport.builds.spec.expression;

/**
 * A word of a condition.
 *
 * @param kind of word
 * @param text of a variable its name, of a text what is between the quotes, of a pattern all of it
 * @param offset in the condition, from 0
 */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        VARIABLE,
        TEXT,
        PATTERN,
        NOTHING,
        SAME("=="),
        OTHER("!="),
        MATCHES("=~"),
        MATCHES_NOT("!~"),
        AND("&&"),
        OR("||"),
        NOT("!"),
        OPEN("("),
        CLOSE(")"),
        END;

        private final String written;

        Kind() {
            this("");
        }

        Kind(String written) {
            this.written = written;
        }

        String written() {
            return written;
        }
    }

    /** In words, for messages. */
    String described() {
        return switch (kind) {
            case VARIABLE -> "'$" + text + "'";
            case TEXT -> "a text";
            case PATTERN -> "a pattern";
            case NOTHING -> "'null'";
            case END -> "its end";
            case SAME, OTHER, MATCHES, MATCHES_NOT, AND, OR, NOT, OPEN, CLOSE -> "'" + kind.written + "'";
        };
    }
}
