package io.sallyport.client.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a terminal from what bytes of a stranger could do to it. Text in UTF-8, line feeds, carriage returns, tabs and
 * colours (SGR, ECMA-48 8.3.117) pass; other control characters are shown in caret notation, and wrong UTF-8, C1
 * controls and changes of the writing direction as U+FFFD. Sequences may be split between writes.
 */
final class TerminalFilter extends FilterOutputStream {
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);
    private static final int ESCAPE = 0x1b;
    private static final int DELETE = 0x7f;
    private static final int LONGEST_COLOUR = 64;

    private final byte[] pending = new byte[LONGEST_COLOUR];
    private int length;
    private final ByteArrayOutputStream safe = new ByteArrayOutputStream();

    TerminalFilter(OutputStream out) {
        super(out);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        take(b & 0xff);
        pass();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            take(bytes[i] & 0xff);
        }
        pass();
    }

    private void pass() throws IOException {
        safe.writeTo(out);
        safe.reset();
    }

    private void take(int b) {
        if (length == 0) {
            start(b);
        } else if (pending[0] == ESCAPE) {
            escape(b);
        } else {
            continuation(b);
        }
    }

    private void start(int b) {
        if (b == ESCAPE || (b >= 0xc2 && b <= 0xf4)) {
            pending[length++] = (byte) b;
        } else if (b >= 0x80) {
            safe.writeBytes(REPLACEMENT);
        } else if (b == DELETE || (b < ' ' && b != '\n' && b != '\r' && b != '\t')) {
            safe.write('^');
            safe.write(b ^ 0x40);
        } else {
            safe.write(b);
        }
    }

    /** Within {@code ESC [ digits m}; anything else is shown, not done. */
    private void escape(int b) {
        boolean fits = length == 1 ? b == '[' : (b >= '0' && b <= '9') || b == ';' || b == ':';
        if (fits && length < LONGEST_COLOUR - 1) {
            pending[length++] = (byte) b;
        } else if (length > 1 && b == 'm') {
            safe.write(pending, 0, length);
            safe.write(b);
            length = 0;
        } else {
            safe.write('^');
            safe.write('[');
            safe.write(pending, 1, length - 1);
            length = 0;
            take(b);
        }
    }

    private void continuation(int b) {
        if (b < 0x80 || b > 0xbf) {
            safe.writeBytes(REPLACEMENT);
            length = 0;
            take(b);
            return;
        }
        pending[length++] = (byte) b;
        int lead = pending[0] & 0xff;
        int whole = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (length == whole) {
            String character = new String(pending, 0, length, StandardCharsets.UTF_8);
            safe.writeBytes(harmless(character) ? character.getBytes(StandardCharsets.UTF_8) : REPLACEMENT);
            length = 0;
        }
    }

    /** Neither a C1 control nor one of Unicode's bidirectional controls; wrong UTF-8 has been replaced already. */
    private static boolean harmless(String character) {
        int c = character.codePointAt(0);
        return c > 0x9f && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
    }
}
