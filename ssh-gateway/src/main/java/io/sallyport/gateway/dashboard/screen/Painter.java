package io.sallyport.gateway.dashboard.screen;

import org.jspecify.annotations.Nullable;

/**
 * Turns frames into what makes a terminal show them: only what has changed since the last one is written. It uses what all
 * terminals have that are named after xterm, vt100 or a Linux console (ECMA-48), and nothing that one has to look up. For one thread.
 */
public final class Painter {
    /**
     * What whoever had the terminal before may have left: a part of it that scrolls, an origin in that, inserting, other
     * characters, keys in another mode, a mouse that tells, and words around what is pasted.
     */
    private static final String AS_USUAL = "\u001b[r\u001b[?6l\u001b[4l\u001b(B\u000f\u001b[?1l\u001b>"
            + "\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1004l\u001b[?1005l\u001b[?1006l\u001b[?1015l\u001b[?2004l";

    /** The screen of its own, no cursor, no line that goes on in the next one, and words around what is pasted. */
    public static final String ENTER = "\u001b[?1049h" + AS_USUAL + "\u001b[?25l\u001b[?7l\u001b[?2004h";

    /** The reverse, with what else may be set; also right when nothing has been entered. */
    public static final String LEAVE = "\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l";

    private static final String CLEAR = "\u001b[0m\u001b[H\u001b[2J";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final int UNKNOWN = -1;

    private final Depth depth;
    private @Nullable Frame shown;
    private StringBuilder out = new StringBuilder();
    private int atColumn;
    private int atLine;
    private Style style = Style.PLAIN;

    /** Paints with so many colours. */
    public Painter(Depth depth) {
        this.depth = depth;
    }

    /** Paints all of the next frame: the terminal shows something else. */
    public void forget() {
        shown = null;
    }

    /** What makes a terminal that shows the last frame show this one; empty when they are the same. */
    public String paint(Frame next) {
        out = new StringBuilder();
        Frame before = shown;
        if (before == null || before.columns() != next.columns() || before.lines() != next.lines()) {
            before = new Frame(next.columns(), next.lines(), next.unicode());
            out.append(CLEAR);
            style = Style.PLAIN;
            atColumn = 0;
            atLine = 0;
        }
        for (int line = 0; line < next.lines(); line++) {
            line(before, next, line);
        }
        shown = next;
        return out.toString();
    }

    private void line(Frame before, Frame next, int line) {
        int end = next.columns();
        while (end > 0 && next.cell(end - 1, line).equals(Cell.BLANK)) {
            end--;
        }
        for (int column = 0; column < end; column++) {
            Cell cell = next.cell(column, line);
            if (cell.width() > 0 && isChanged(before, next, column, line)) {
                cell(column, line, cell);
            }
        }
        for (int column = end; column < next.columns(); column++) {
            if (!before.cell(column, line).equals(Cell.BLANK)) {
                move(end, line);
                dress(Style.PLAIN);
                out.append(CLEAR_LINE);
                return;
            }
        }
    }

    private static boolean isChanged(Frame before, Frame next, int column, int line) {
        Cell cell = next.cell(column, line);
        return !before.cell(column, line).equals(cell)
                || (cell.width() == 2 && !before.cell(column + 1, line).equals(next.cell(column + 1, line)));
    }

    private void cell(int column, int line, Cell cell) {
        move(column, line);
        dress(cell.style());
        out.append(cell.text());
        // Terminals do not agree on how wide everything is, so that only what is certain moves the cursor.
        boolean certain = cell.text().length() == 1 && isNarrow(cell.text().charAt(0));
        atColumn = certain ? column + 1 : UNKNOWN;
    }

    private static boolean isNarrow(char c) {
        return c < 0x7f || (c >= 0x2500 && c < 0x25a0);
    }

    private void move(int column, int line) {
        if (atColumn != column || atLine != line) {
            out.append("\u001b[")
                    .append(line + 1)
                    .append(';')
                    .append(column + 1)
                    .append('H');
            atColumn = column;
            atLine = line;
        }
    }

    private void dress(Style wanted) {
        Style known = wanted.reduced(depth);
        if (!known.equals(style)) {
            out.append(known.sequence());
            style = known;
        }
    }
}
