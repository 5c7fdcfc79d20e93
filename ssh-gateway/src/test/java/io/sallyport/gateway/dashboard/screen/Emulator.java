package io.sallyport.gateway.dashboard.screen;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a terminal as the painter uses, and nothing else: anything unknown is a failure. */
final class Emulator {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\?)?([0-9;]*)([A-Za-z])");

    private final int columns;
    private final String[][] cells;
    private final String[][] styles;
    private String style = "0";
    private int column;
    private int line;

    Emulator(int columns, int lines) {
        this.columns = columns;
        this.cells = new String[lines][columns];
        this.styles = new String[lines][columns];
        clear();
    }

    private void clear() {
        for (int i = 0; i < cells.length; i++) {
            Arrays.fill(cells[i], " ");
            Arrays.fill(styles[i], "0");
        }
    }

    void write(String text) {
        Matcher sequence = SEQUENCE.matcher(text);
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '\u001b') {
                if (!sequence.find(i) || sequence.start() != i) {
                    throw new AssertionError("no sequence at " + i);
                }
                obey(sequence);
                i = sequence.end();
            } else {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                show(c);
            }
        }
    }

    private void obey(Matcher sequence) {
        String parameters = sequence.group(2);
        switch (sequence.group(3)) {
            case "m" -> style = parameters;
            case "J" -> clear();
            case "K" -> {
                Arrays.fill(cells[line], column, columns, " ");
                Arrays.fill(styles[line], column, columns, style);
            }
            case "H" -> {
                String[] place = parameters.isEmpty() ? new String[] {"1", "1"} : parameters.split(";");
                line = Integer.parseInt(place[0]) - 1;
                column = Integer.parseInt(place[1]) - 1;
            }
            default -> throw new AssertionError("unknown: " + sequence.group().substring(1));
        }
    }

    private void show(int c) {
        if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            throw new AssertionError("control character " + Integer.toHexString(c));
        }
        int width = Width.of(c);
        if (width == 0) {
            cells[line][column - 1] += Character.toString(c);
            return;
        }
        cells[line][column] = Character.toString(c);
        styles[line][column] = style;
        column++;
        if (width == 2) {
            cells[line][column] = "";
            styles[line][column] = style;
            column++;
        }
    }

    /** What stands in each cell, with how it looks. */
    String screen() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            for (int j = 0; j < columns; j++) {
                boolean added = !cells[i][j].isEmpty() && cells[i][j].codePointCount(0, cells[i][j].length()) > 1;
                all.append(cells[i][j])
                        .append(added ? "+" : "")
                        .append('{')
                        .append(styles[i][j])
                        .append('}');
            }
            all.append('\n');
        }
        return all.toString();
    }
}
