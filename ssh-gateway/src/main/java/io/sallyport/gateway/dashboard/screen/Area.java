package io.sallyport.gateway.dashboard.screen;

/**
 * A part of a screen, with columns and lines of its own from 0. What is drawn outside of it is left out.
 *
 * @param width cells of a line
 * @param height lines
 */
public record Area(Frame frame, int left, int top, int width, int height) {
    /** Stands where a text goes on out of sight. */
    public static final String CUT = "…";

    /** A part of this part, no larger than it. */
    public Area part(int column, int line, int columns, int lines) {
        int x = Math.clamp(column, 0, width);
        int y = Math.clamp(line, 0, height);
        return new Area(frame, left + x, top + y, Math.clamp(columns, 0, width - x), Math.clamp(lines, 0, height - y));
    }

    /** What is below that line, itself included. */
    public Area below(int line) {
        return part(0, line, width, height);
    }

    /** Writes a text; the answer is the column behind it. */
    public int put(int column, int line, String text, Style style) {
        if (line < 0 || line >= height || column < 0 || column >= width) {
            return column;
        }
        return frame.put(left + column, top + line, left + width, text, style) - left;
    }

    /** The same in a tone. */
    public int put(int column, int line, String text, Tone tone) {
        return put(column, line, text, tone.style());
    }

    /** Writes as much of a text as so many columns hold, with a sign where it is cut. */
    public void fit(int column, int line, int columns, String text, Tone tone) {
        fit(column, line, columns, text, tone.style());
    }

    /** The same in a style. */
    public void fit(int column, int line, int columns, String text, Style style) {
        Area cell = part(column, line, columns, 1);
        if (cell.width == 0 || cell.height == 0) {
            return;
        }
        boolean cut = length(text, cell.width + 1) > cell.width;
        Area kept = cut ? cell.part(0, 0, cell.width - 1, 1) : cell;
        int end = kept.put(0, 0, text, style);
        if (cut) {
            cell.put(Math.max(0, end), 0, CUT, style);
        }
    }

    /** The same, ending at the last of the columns. */
    public void right(int column, int line, int columns, String text, Tone tone) {
        int length = length(text, columns);
        fit(column + columns - length, line, length, text, tone);
    }

    /** Gives a whole line one tone, characters as they are. */
    public void wash(int line, Tone tone) {
        if (line >= 0 && line < height) {
            frame.restyle(left, top + line, left + width, tone.style());
        }
    }

    /** Whether the terminal takes more than ASCII. */
    public boolean unicode() {
        return frame.unicode();
    }

    /** How many cells a text takes, counted up to a number of them. */
    public static int length(String text, int most) {
        int cells = 0;
        for (int i = 0; i < text.length() && cells < most; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            cells += Safe.isLeftOut(c) ? 0 : Width.of(Safe.character(c));
        }
        return Math.min(cells, most);
    }
}
