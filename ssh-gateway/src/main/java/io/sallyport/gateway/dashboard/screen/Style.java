package io.sallyport.gateway.dashboard.screen;

/**
 * How a cell looks.
 *
 * @param front colour of the character: {@link #USUAL}, 0 to 255 of xterm's palette, or one made by {@link #rgb}
 * @param back the same behind it
 * @param marks a sum of {@link #BOLD}, {@link #DIM}, {@link #ITALIC}, {@link #UNDERLINED} and {@link #REVERSED}
 */
public record Style(int front, int back, int marks) {
    /** The terminal's own colour. */
    public static final int USUAL = -1;

    /** A mark. */
    public static final int BOLD = 1;
    /** A mark. */
    public static final int DIM = 2;
    /** A mark. */
    public static final int ITALIC = 4;
    /** A mark. */
    public static final int UNDERLINED = 8;
    /** A mark. */
    public static final int REVERSED = 16;

    /** As the terminal writes by itself. */
    public static final Style PLAIN = new Style(USUAL, USUAL, 0);

    private static final int RGB = 0x1000000;
    private static final int[] MARKS = {1, 2, 3, 4, 7}; // as SGR has them, by bit
    private static final int[] STEPS = {0, 95, 135, 175, 215, 255}; // of the palette's cube
    private static final int CUBE = 16;
    private static final int GREYS = 232;

    /** A colour by its parts, 0 to 255 each. */
    public static int rgb(int red, int green, int blue) {
        return RGB | red << 16 | green << 8 | blue;
    }

    /** The same with further marks. */
    public Style with(int more) {
        return new Style(front, back, marks | more);
    }

    /** The same without some of the marks. */
    public Style without(int some) {
        return new Style(front, back, marks & ~some);
    }

    /** The same with another colour of the character. */
    public Style in(int colour) {
        return new Style(colour, back, marks);
    }

    /** As near as so many colours come. */
    Style reduced(Depth depth) {
        return switch (depth) {
            case TRUE -> this;
            case PALETTE -> new Style(palette(front), palette(back), marks);
            case SIXTEEN -> new Style(sixteen(front), sixteen(back), marks);
            case MONO -> new Style(USUAL, USUAL, marks);
        };
    }

    /** The sequence that a terminal takes from any style to this one (ECMA-48, SGR). */
    String sequence() {
        StringBuilder text = new StringBuilder("\u001b[0");
        for (int bit = 0; bit < MARKS.length; bit++) {
            if ((marks & 1 << bit) != 0) {
                text.append(';').append(MARKS[bit]);
            }
        }
        colour(front, 30, text);
        colour(back, 40, text);
        return text.append('m').toString();
    }

    private static void colour(int colour, int base, StringBuilder text) {
        if (colour >= RGB) {
            text.append(';').append(base + 8).append(";2;").append(colour >> 16 & 0xff);
            text.append(';').append(colour >> 8 & 0xff).append(';').append(colour & 0xff);
        } else if (colour >= 16) {
            text.append(';').append(base + 8).append(";5;").append(colour);
        } else if (colour >= 8) {
            text.append(';').append(base + 60 + colour - 8);
        } else if (colour >= 0) {
            text.append(';').append(base + colour);
        }
    }

    private static int palette(int colour) {
        if (colour < RGB) {
            return colour;
        }
        return CUBE + 36 * step(colour >> 16 & 0xff) + 6 * step(colour >> 8 & 0xff) + step(colour & 0xff);
    }

    private static int step(int part) {
        int nearest = 0;
        for (int i = 1; i < STEPS.length; i++) {
            if (Math.abs(STEPS[i] - part) < Math.abs(STEPS[nearest] - part)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static int sixteen(int colour) {
        if (colour < CUBE) {
            return colour;
        }
        int known = palette(colour);
        if (known >= GREYS) {
            return known < GREYS + 8 ? 8 : known < GREYS + 18 ? 7 : 15;
        }
        int red = (known - CUBE) / 36;
        int green = (known - CUBE) / 6 % 6;
        int blue = (known - CUBE) % 6;
        int most = Math.max(red, Math.max(green, blue));
        int half = (most + 1) / 2;
        int bits = most == 0 ? 0 : (red >= half ? 1 : 0) | (green >= half ? 2 : 0) | (blue >= half ? 4 : 0);
        return most >= 5 ? bits | 8 : bits;
    }
}
