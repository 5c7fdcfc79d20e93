package io.sallyport.gateway.dashboard.screen;

/**
 * One place of a screen.
 *
 * @param text one character and at most {@value #MOST_ADDED} that are added to it; empty behind a wide one
 * @param width 1, 2, or 0 behind a wide one
 */
record Cell(String text, int width, Style style) {
    /** More are left out. */
    static final int MOST_ADDED = 3;

    static final Cell BLANK = new Cell(" ", 1, Style.PLAIN);

    /** What stands behind a wide one. */
    static Cell behind(Style style) {
        return new Cell("", 0, style);
    }

    /** The same with a character that is added to it; as it is when it has enough of them. */
    Cell plus(int c) {
        return text.codePointCount(0, text.length()) > MOST_ADDED
                ? this
                : new Cell(text + Character.toString(c), width, style);
    }
}
