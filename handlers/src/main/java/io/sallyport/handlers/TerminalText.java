package io.sallyport.handlers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes foreign bytes harmless to a terminal, byte by byte, wherever the buffers end. What comes out is UTF-8 with
 * newlines, tabs and colours (SGR, {@code ESC [ digits ; : m}), and no other control character or sequence (ECMA-48):
 *
 * <ul>
 *   <li>escape and control sequences are left out; so are the strings of OSC, DCS, APC, PM and SOS, but not beyond the end
 *       of the line or {@value #LONGEST_STRING} bytes, so that none can swallow the rest;
 *   <li>carriage returns before a newline are left out, others become a newline: nothing is overwritten;
 *   <li>other C0 controls and DEL are shown as their pictures (U+2400 and on);
 *   <li>C1 controls, characters that nobody sees though they do something, as those that turn the direction of text (Unicode's
 *       Cf, but for the two joiners that scripts and pictures need), and separators of lines and paragraphs become U+FFFD, as
 *       does all that is not UTF-8 (RFC 3629);
 *   <li>a colour does not conceal: see {@link Rendition};
 *   <li>at the end colours are reset if they are not.
 * </ul>
 *
 * <p>For one thread at a time; its memory is fixed.
 */
public final class TerminalText {
    /** {@link #filter} needs this room to go on. */
    static final int ROOM = 80;

    private static final int LONGEST_STRING = 4096;
    private static final int LONGEST_COLOUR = 64;
    private static final byte[] RESET = {0x1b, '[', '0', 'm'};
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);
    private static final int ESC = 0x1b;
    private static final int JOINER = 0x200d;
    private static final int NON_JOINER = 0x200c;
    private static final int PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;

    private final Utf8Character character = new Utf8Character();
    private final ByteBuffer parameters = ByteBuffer.allocate(LONGEST_COLOUR);
    private State state = State.TEXT;
    private boolean plain; // whether the control sequence can be a colour
    private int skipped; // bytes of the string
    private boolean returned; // a carriage return waits for what follows
    private boolean coloured;

    /** Where in a sequence the next byte is. */
    private enum State {
        TEXT,
        /** After ESC. */
        ESCAPE,
        /** After ESC and bytes that only begin a sequence. */
        ESCAPE_MORE,
        /** After ESC and {@code [}. */
        CONTROL,
        /** In a string that a terminal would take for itself. */
        STRING,
        /** After ESC in such a string. */
        STRING_ESCAPE
    }

    /** Filters as many bytes as the output has safely room for, at least one when that is {@value #ROOM} bytes. */
    public void filter(ByteBuffer in, ByteBuffer out) {
        while (in.hasRemaining() && out.remaining() >= ROOM) {
            int run = state == State.TEXT && !returned && !character.begun() ? plain(in, out.remaining()) : 0;
            if (run > 0) { // nearly all of most logs
                out.put(in.slice(in.position(), run));
                in.position(in.position() + run);
            } else {
                take(in.get() & 0xff, out);
            }
        }
    }

    /** How many of the next bytes, of so many at most, are ASCII that stays as it is. */
    private static int plain(ByteBuffer in, int most) {
        int from = in.position();
        int to = from + Math.min(most, in.remaining());
        int at = from;
        while (at < to && stays(in.get(at))) {
            at++;
        }
        return at - from;
    }

    private static boolean stays(int b) {
        return (b >= ' ' && b < 0x7f) || b == '\n' || b == '\t';
    }

    /**
     * Ends the text: gives out what waits, and resets colours.
     *
     * @param out with room for {@value #ROOM} bytes
     */
    public void end(ByteBuffer out) {
        state = State.TEXT;
        if (character.begun()) {
            character.clear();
            replacement(out);
        }
        finishReturn(out);
        if (coloured) {
            out.put(RESET);
            coloured = false;
        }
    }

    private void take(int b, ByteBuffer out) {
        switch (state) {
            case TEXT -> text(b, out);
            case ESCAPE -> escape(b, out);
            case ESCAPE_MORE -> escapeMore(b, out);
            case CONTROL -> control(b, out);
            case STRING -> string(b, out);
            case STRING_ESCAPE -> stringEscape(b, out);
        }
    }

    private void text(int b, ByteBuffer out) {
        if (character.begun() && !character.continuesWith(b)) {
            character.clear();
            replacement(out);
        }
        if (b == '\r') {
            returned = true;
        } else if (b == ESC) {
            state = State.ESCAPE;
        } else if (b < 0x80) {
            ascii(b, out);
        } else {
            finishReturn(out);
            beyondAscii(b, out);
        }
    }

    private void ascii(int b, ByteBuffer out) {
        if (b == '\n') {
            returned = false;
        }
        finishReturn(out);
        if (stays(b)) {
            out.put((byte) b);
        } else {
            Utf8Character.put(b == 0x7f ? PICTURE_OF_DELETE : PICTURES + b, out);
        }
    }

    private void beyondAscii(int b, ByteBuffer out) {
        if (!character.add(b)) {
            replacement(out);
        } else if (character.complete()) {
            if (dangerous(character.codePoint())) {
                replacement(out);
            } else {
                Utf8Character.put(character.codePoint(), out);
            }
            character.clear();
        }
    }

    private static boolean dangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> c != JOINER && c != NON_JOINER;
            default -> false;
        };
    }

    private void finishReturn(ByteBuffer out) {
        if (returned) {
            out.put((byte) '\n');
            returned = false;
        }
    }

    private static void replacement(ByteBuffer out) {
        out.put(REPLACEMENT);
    }

    private void escape(int b, ByteBuffer out) {
        switch (b) {
            case '[' -> {
                state = State.CONTROL;
                parameters.clear();
                plain = true;
            }
            case ']', 'P', 'X', '^', '_' -> {
                state = State.STRING;
                skipped = 0;
            }
            default -> escapeMore(b, out);
        }
    }

    private void escapeMore(int b, ByteBuffer out) {
        if (b >= 0x20 && b < 0x30) {
            state = State.ESCAPE_MORE;
        } else {
            state = State.TEXT;
            if (b < 0x30 || b > 0x7e) {
                text(b, out); // no part of it
            }
        }
    }

    private void control(int b, ByteBuffer out) {
        if (b >= 0x40 && b <= 0x7e) {
            state = State.TEXT;
            if (b == 'm' && plain) {
                colour(out);
            }
        } else if (b < 0x20 || b > 0x7e) {
            state = State.TEXT;
            text(b, out);
        } else if (plain && parameters.hasRemaining() && (b >= '0' && b <= ';')) {
            parameters.put((byte) b);
        } else {
            plain = false; // private ones with < = > ? among them: they set modes, with an m too
        }
    }

    private void colour(ByteBuffer out) {
        finishReturn(out);
        parameters.flip();
        String given = StandardCharsets.US_ASCII.decode(parameters).toString();
        Rendition.shown(given).ifPresent(shown -> {
            coloured = shown.chars().anyMatch(c -> c != '0');
            out.put((byte) ESC)
                    .put((byte) '[')
                    .put(shown.getBytes(StandardCharsets.US_ASCII))
                    .put((byte) 'm');
        });
    }

    private void string(int b, ByteBuffer out) {
        skipped++;
        if (b == '\n' || b == '\r') {
            state = State.TEXT;
            text(b, out);
        } else if (b == 0x07 || b == 0x18 || b == 0x1a || skipped == LONGEST_STRING) {
            state = State.TEXT;
        } else if (b == ESC) {
            state = State.STRING_ESCAPE;
        }
    }

    private void stringEscape(int b, ByteBuffer out) {
        state = State.ESCAPE; // ends the string, as any other sequence does
        if (b == '\\') {
            state = State.TEXT;
        } else {
            escape(b, out);
        }
    }
}
