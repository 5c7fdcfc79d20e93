package io.sallyport.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows for people, aligned. Columns that are empty in every row are left out. */
final class Table {
    private static final String GAP = "  ";

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

    /** All of it; of no rows nothing. */
    String text(Paint paint) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        List<Cell> head =
                heads.stream().map(name -> new Cell(name, paint::faint)).toList();
        line(head, text);
        rows.forEach(row -> line(row, text));
        return text.toString();
    }

    private void line(List<Cell> row, StringBuilder text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int width = width(i);
            if (width > 0) {
                String cell = row.get(i).text();
                line.append(row.get(i).paint().apply(cell))
                        .append(" ".repeat(Math.max(0, fullWidth(i) - cell.length())));
                line.append(GAP);
            }
        }
        text.append(line.toString().stripTrailing()).append('\n');
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
