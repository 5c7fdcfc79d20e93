package io.sallyport.gateway.dashboard.text;

import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import java.util.Optional;

/** A line that is being typed at a terminal in raw mode, which shows nothing by itself. For one thread at a time. */
final class LineEditor {
    private static final int MOST = 2000;

    private final StringBuilder typed = new StringBuilder();

    /**
     * What a key has led to.
     *
     * @param echo to be written to the terminal
     * @param line the whole line, when it has ended
     */
    record Typed(String echo, Optional<String> line) {}

    /** Takes a key that is none of those that end something. */
    Typed take(Key key) {
        return switch (key.name()) {
            case CHARACTER, PASTED -> character(key.character());
            case BACKSPACE -> new Typed(erased(), Optional.empty());
            case KILL, ESCAPE -> {
                StringBuilder echo = new StringBuilder();
                while (!typed.isEmpty()) {
                    echo.append(erased());
                }
                yield new Typed(echo.toString(), Optional.empty());
            }
            case ENTER -> {
                String line = typed.toString().strip();
                typed.setLength(0);
                yield new Typed("\r\n", Optional.of(line));
            }
            case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, HOME, END, TAB, BACK_TAB, REDRAW, INTERRUPT, END_OF_INPUT ->
                new Typed("", Optional.empty());
        };
    }

    private Typed character(int c) {
        if (typed.length() >= MOST) {
            return new Typed("", Optional.empty());
        }
        typed.appendCodePoint(c);
        return new Typed(Character.toString(c), Optional.empty());
    }

    private String erased() {
        if (typed.isEmpty()) {
            return "";
        }
        int from = typed.offsetByCodePoints(typed.length(), -1);
        int cells = Area.length(typed.substring(from), 2);
        typed.setLength(from);
        return "\b \b".repeat(cells);
    }

    /** Whether nothing has been typed yet. */
    boolean isEmpty() {
        return typed.isEmpty();
    }

    /** Forgets what has been typed. */
    void clear() {
        typed.setLength(0);
    }
}
