package io.sallyport.gateway.dashboard.screen;

/**
 * What may stand in a cell. The one place that everything passes on its way to a terminal, whoever has written it: what would make
 * a terminal do something but show a character becomes U+FFFD.
 */
final class Safe {
    private static final int REPLACEMENT = 0xfffd;
    private static final int JOINER = 0x200d;

    private Safe() {}

    /** A character that only shows itself. */
    static int character(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT, // what turns the direction of text is among them
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> c;
        };
    }

    /** Whether it is left out: what only asks for another picture of its neighbours, whose width nobody knows. */
    static boolean isLeftOut(int c) {
        return c == JOINER || c == JOINER - 1 || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff);
    }
}
