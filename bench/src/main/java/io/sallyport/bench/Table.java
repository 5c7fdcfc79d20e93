package io.sallyport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All rows, aligned for people and at the same time Markdown. */
final class Table {
    private static final List<String> HEAD = List.of("measure", "unit", "sshd", "gateway", "ratio", "goal", "");

    private Table() {}

    static String of(List<Row> rows) {
        List<List<String>> cells = new ArrayList<>(List.of(HEAD));
        rows.forEach(row -> cells.add(cells(row)));
        int[] widths = new int[HEAD.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        append(text, cells.getFirst(), widths);
        text.append(rule(widths));
        cells.stream().skip(1).forEach(line -> append(text, line, widths));
        return text.toString();
    }

    private static List<String> cells(Row row) {
        String mark = !row.isJudged() ? "" : row.isShort() ? "SHORT" : "ok";
        return List.of(
                row.what(),
                row.unit(),
                figure(row.sshd()),
                figure(row.gateway()),
                comparison(row),
                row.goal().text(),
                mark);
    }

    /** The ratio, or the difference where that is what the goal is about. */
    private static String comparison(Row row) {
        if (Double.isNaN(row.sshd())) {
            return "";
        }
        return row.goal() instanceof Goal.Within
                ? String.format(Locale.ROOT, "%+.1f", row.gateway() - row.sshd())
                : String.format(Locale.ROOT, "%.3f", row.ratio());
    }

    /** Three digits that count. */
    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String rule(int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append("|-").append("-".repeat(widths[i])).append(isText(i) ? '-' : ':');
        }
        return line.append("|\n").toString();
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - cells.get(i).length());
            text.append("| ")
                    .append(isText(i) ? cells.get(i) + space : space + cells.get(i))
                    .append(' ');
        }
        text.append("|\n");
    }

    private static boolean isText(int column) {
        return column < 2 || column > 4;
    }
}
