package io.sallyport.gateway.dashboard.screen;

import java.util.Arrays;

/** A whole screen, drawn anew for each painting. For one thread. */
public final class Frame {
    private final int columns;
    private final int lines;
    private final boolean unicode;
    private final Cell[] cells;

    /** An empty screen of that size, at least one cell; without Unicode, other characters than ASCII become a question mark. */
    public Frame(int columns, int lines, boolean unicode) {
        this.columns = columns;
        this.lines = lines;
        this.unicode = unicode;
        this.cells = new Cell[columns * lines];
        Arrays.fill(cells, Cell.BLANK);
    }

    /** Cells of a line. */
    public int columns() {
        return columns;
    }

    /** How many lines there are. */
    public int lines() {
        return lines;
    }

    boolean unicode() {
        return unicode;
    }

    /** All of it. */
    public Area area() {
        return new Area(this, 0, 0, columns, lines);
    }

    Cell cell(int column, int line) {
        return cells[line * columns + column];
    }

    /**
     * Writes a text from a place on; what is beyond the end is left out, as are places outside of the screen.
     *
     * @param end the first column that is not written to
     * @return the column behind the text
     */
    int put(int column, int line, int end, String text, Style style) {
        int at = column;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!Safe.isLeftOut(c)) {
                int next = put(at, line, end, shown(c), style);
                if (next < 0) {
                    return at;
                }
                at = next;
            }
        }
        return at;
    }

    private int shown(int c) {
        int safe = Safe.character(c);
        return unicode || safe < 0x80 ? safe : Ascii.of(safe);
    }

    /** The column behind the character; negative when it does not fit. */
    private int put(int column, int line, int end, int c, Style style) {
        int width = Width.of(c);
        if (width == 0) {
            add(column - 1, line, c);
            return column;
        }
        if (column + width > Math.min(end, columns) || column < 0 || line < 0 || line >= lines) {
            return -1;
        }
        split(column, line);
        split(column + width - 1, line);
        cells[line * columns + column] = new Cell(Character.toString(c), width, style);
        if (width == 2) {
            cells[line * columns + column + 1] = Cell.behind(style);
        }
        return column + width;
    }

    /** Adds to the character that ends at that column. */
    private void add(int column, int line, int c) {
        if (line < 0 || line >= lines || column < 0 || column >= columns) {
            return;
        }
        int at = line * columns + column;
        int of = cells[at].width() == 0 ? at - 1 : at;
        cells[of] = cells[of].plus(c);
    }

    /** Half of a wide character is none. */
    private void split(int column, int line) {
        int at = line * columns + column;
        if (cells[at].width() == 0) {
            cells[at - 1] = new Cell(" ", 1, cells[at].style());
            cells[at] = new Cell(" ", 1, cells[at].style());
        } else if (cells[at].width() == 2) {
            cells[at + 1] = new Cell(" ", 1, cells[at].style());
        }
    }

    /** Gives cells another style, characters as they are. */
    void restyle(int column, int line, int end, Style style) {
        for (int at = Math.max(0, column); at < Math.min(end, columns) && line >= 0 && line < lines; at++) {
            Cell cell = cells[line * columns + at];
            cells[line * columns + at] = new Cell(cell.text(), cell.width(), style);
        }
    }

    /** The characters alone, a line each, without blanks at their ends. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            StringBuilder one = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                one.append(cell(column, line).text());
            }
            all.append(one.toString().stripTrailing()).append('\n');
        }
        return all.toString();
    }
}
