package io.sallyport.gateway.dashboard.screen;

/**
 * A key that was pressed.
 *
 * @param name which one
 * @param character the code point of {@link Name#CHARACTER} and {@link Name#PASTED}; 0 of others
 */
public record Key(Name name, int character) {
    /** Keys that are told apart. */
    public enum Name {
        /** One that writes a character. */
        CHARACTER,
        /** No key: a character of what was pasted. */
        PASTED,
        /** An arrow. */
        UP,
        /** An arrow. */
        DOWN,
        /** An arrow. */
        LEFT,
        /** An arrow. */
        RIGHT,
        /** A page towards the beginning. */
        PAGE_UP,
        /** A page towards the end. */
        PAGE_DOWN,
        /** To the beginning. */
        HOME,
        /** To the end. */
        END,
        /** Return, or line feed. */
        ENTER,
        /** Escape alone. */
        ESCAPE,
        /** Tabulator. */
        TAB,
        /** With the shift key. */
        BACK_TAB,
        /** Backspace, as terminals send it: 8 or 127. */
        BACKSPACE,
        /** Ctrl-U: the line is not wanted. */
        KILL,
        /** Ctrl-L: the screen is to be painted anew. */
        REDRAW,
        /** Ctrl-C. */
        INTERRUPT,
        /** Ctrl-D. */
        END_OF_INPUT
    }

    /** A key that writes no character. */
    public static Key of(Name name) {
        return new Key(name, 0);
    }

    /** One that writes this character. */
    public static Key of(char character) {
        return new Key(Name.CHARACTER, character);
    }

    /** Whether it writes this character. */
    public boolean is(char c) {
        return name == Name.CHARACTER && character == c;
    }
}
