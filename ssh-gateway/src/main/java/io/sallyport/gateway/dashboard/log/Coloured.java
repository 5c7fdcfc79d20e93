package io.sallyport.gateway.dashboard.log;

import io.sallyport.gateway.dashboard.screen.Style;
import io.sallyport.handlers.TerminalText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line as a script has written it, taken apart into characters and colours. What a terminal would obey has been taken out by
 * {@link TerminalText}, which leaves colours (SGR), newlines and tabs alone.
 */
final class Coloured {
    private static final int TAB = 8;
    private static final int ROOM = 4096;

    private final StringBuilder text = new StringBuilder();
    private final List<LogLine.Run> runs = new ArrayList<>();
    private Style style = Style.PLAIN;
    private int since;

    private Coloured() {}

    /** The lines of a record: one, or several where carriage returns are in it. */
    static List<Coloured> lines(String record) {
        List<Coloured> lines = new ArrayList<>();
        Coloured line = new Coloured();
        String safe = safe(record);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (c == '\u001b') {
                int end = safe.indexOf('m', i);
                line.colour(safe.substring(i + 2, end));
                i = end;
            } else if (c == '\n') {
                lines.add(line.ended());
                line = new Coloured();
            } else if (c == '\t') {
                line.text.repeat(' ', TAB - line.text.length() % TAB);
            } else {
                line.text.append(c);
            }
        }
        if (!line.text.isEmpty() || lines.isEmpty()) {
            lines.add(line.ended());
        }
        return lines;
    }

    private static String safe(String record) {
        TerminalText filter = new TerminalText();
        ByteBuffer in = ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8));
        ByteBuffer out = ByteBuffer.allocate(in.remaining() * 3 + 2 * ROOM);
        filter.filter(in, out);
        filter.end(out);
        return StandardCharsets.UTF_8.decode(out.flip()).toString();
    }

    String text() {
        return text.toString();
    }

    List<LogLine.Run> runs() {
        return List.copyOf(runs);
    }

    private Coloured ended() {
        mark();
        return this;
    }

    private void mark() {
        if (!style.equals(Style.PLAIN) && text.length() > since) {
            runs.add(new LogLine.Run(since, text.length(), style));
        }
        since = text.length();
    }

    private void colour(String parameters) {
        mark();
        String[] all = parameters.split("[;:]", -1);
        for (int i = 0; i < all.length; i++) {
            int number = number(all, i);
            if (number == 38 || number == 48) {
                i = extended(all, i, number == 38);
            } else {
                style = after(number);
            }
        }
    }

    private static int number(String[] all, int at) {
        try {
            return at >= all.length || all[at].isEmpty() ? 0 : Integer.parseInt(all[at]);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Of 256 colours, or of all; the answer is the place of the last number that belongs to it. */
    private int extended(String[] all, int at, boolean front) {
        int kind = number(all, at + 1);
        if (kind == 5) {
            paint(Math.clamp(number(all, at + 2), 0, 255), front);
            return at + 2;
        }
        if (kind == 2) {
            paint(Style.rgb(part(all, at + 2), part(all, at + 3), part(all, at + 4)), front);
            return at + 4;
        }
        return all.length;
    }

    private static int part(String[] all, int at) {
        return Math.clamp(number(all, at), 0, 255);
    }

    private void paint(int colour, boolean front) {
        style = front
                ? new Style(colour, style.back(), style.marks())
                : new Style(style.front(), colour, style.marks());
    }

    private Style after(int number) {
        if (number >= 30 && number <= 37) {
            return style.in(number - 30);
        }
        if (number >= 90 && number <= 97) {
            return style.in(number - 90 + 8);
        }
        if (number >= 40 && number <= 47) {
            return new Style(style.front(), number - 40, style.marks());
        }
        if (number >= 100 && number <= 107) {
            return new Style(style.front(), number - 100 + 8, style.marks());
        }
        return switch (number) {
            case 0 -> Style.PLAIN;
            case 1 -> style.with(Style.BOLD);
            case 2 -> style.with(Style.DIM);
            case 3 -> style.with(Style.ITALIC);
            case 4 -> style.with(Style.UNDERLINED);
            case 7 -> style.with(Style.REVERSED);
            case 22 -> style.without(Style.BOLD | Style.DIM);
            case 23 -> style.without(Style.ITALIC);
            case 24 -> style.without(Style.UNDERLINED);
            case 27 -> style.without(Style.REVERSED);
            case 39 -> style.in(Style.USUAL);
            case 49 -> new Style(style.front(), Style.USUAL, style.marks());
            default -> style; // one that hides text among them
        };
    }
}
