package io.sallyport.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Rows for people, aligned. Columns that are empty in every row are left out. */
final class Table {
    private static final String GAP = "  ";

    /** So many letters of the last column are worth cutting others for. */
    private static final int SHORT = 16;

    private final List<String> heads;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** A text, and how it is painted once it has its width. */
    record Cell(String text, UnaryOperator<String> paint) {
        static Cell of(String text) {
            return new Cell(text, UnaryOperator.identity());
        }
    }

    /** Adds a row of as many cells as there are heads. */
    void add(Cell... cells) {
        List<Cell> row = new ArrayList<>();
        for (Cell cell : cells) {
            row.add(new Cell(visible(cell.text()), cell.paint()));
        }
        rows.add(row);
    }

    /** All of it; of no rows nothing. No line is wider than {@code room}, if there is one: what is cut ends with {@code …}. */
    String text(Paint paint, OptionalInt room) {
        if (rows.isEmpty()) {
            return "";
        }
        int[] widths = widths();
        room.ifPresent(most -> narrow(widths, most));
        StringBuilder text = new StringBuilder();
        List<Cell> head =
                heads.stream().map(name -> new Cell(name, paint::faint)).toList();
        line(head, widths, text);
        rows.forEach(row -> line(row, widths, text));
        return text.toString();
    }

    private static void line(List<Cell> row, int[] widths, StringBuilder text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            if (widths[i] > 0) {
                String cell = cut(row.get(i).text(), widths[i]);
                line.append(row.get(i).paint().apply(cell)).append(" ".repeat(widths[i] - cell.length()));
                line.append(GAP);
            }
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = width - 1;
        // A character outside the first plane is two, and stays whole.
        boolean half = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, half ? end - 1 : end) + "…";
    }

    /** Of each column; 0 of those that are empty. */
    private int[] widths() {
        int[] widths = new int[heads.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(i) > 0 ? fullWidth(i) : 0;
        }
        return widths;
    }

    /** The last column, which says most in words, gives way first; when it is short, always the widest. */
    private static void narrow(int[] widths, int room) {
        int last = 0;
        int over = -GAP.length() - room;
        for (int i = 0; i < widths.length; i++) {
            last = widths[i] > 0 ? i : last;
            over += widths[i] > 0 ? widths[i] + GAP.length() : 0;
        }
        for (; over > 0; over--) {
            int widest = last;
            for (int i = 0; i < widths.length && widths[last] <= SHORT; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] == 1) {
                return;
            }
            widths[widest]--;
        }
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).text().length())
                .max()
                .orElse(0);
    }

    private int fullWidth(int column) {
        return Math.max(width(column), heads.get(column).length());
    }

    /** A text on one line, whatever is in it. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                visible.append(String.format("\\x%02x", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }
}
