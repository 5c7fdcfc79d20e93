package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.Refusal.NotFetched.Why;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads pkt-lines (git's documentation of {@code gitprotocol-common}): four hexadecimal digits of length, then bytes. */
final class PktLines {
    private static final int LARGEST = 65_520;
    private static final int HEAD = 4;

    private final InputStream in;

    PktLines(InputStream in) {
        this.in = in;
    }

    /** A line, or a mark between lines. */
    enum Mark {
        /** The end of a message. */
        FLUSH,
        /** The end of a part of one. */
        DELIMITER,
        /** The end of an answer to one request, where several come on one connection. */
        RESPONSE_END
    }

    /**
     * What comes next.
     *
     * @param mark what it is when it is no line
     * @param bytes of a line
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as read, not to be compared
    record Packet(@Nullable Mark mark, byte[] bytes) {
        boolean isFlush() {
            return mark == Mark.FLUSH;
        }

        /** The text of a line, without the newline at its end; empty for a mark. */
        String text() {
            String text = new String(bytes, UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /** The next line or mark; null at the end of the stream. */
    @Nullable
    Packet next() throws IOException {
        byte[] head = in.readNBytes(HEAD);
        if (head.length == 0) {
            return null;
        }
        int length = length(head);
        return switch (length) {
            case 0 -> new Packet(Mark.FLUSH, new byte[0]);
            case 1 -> new Packet(Mark.DELIMITER, new byte[0]);
            case 2 -> new Packet(Mark.RESPONSE_END, new byte[0]);
            default -> line(length - HEAD);
        };
    }

    private Packet line(int length) throws IOException {
        if (length < 0 || length > LARGEST) {
            throw GitFailure.malformed("a line of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw GitFailure.of(Why.UNREACHABLE, "the connection broke before the end");
        }
        Packet packet = new Packet(null, bytes);
        if (length > HEAD && new String(bytes, 0, HEAD, UTF_8).equals("ERR ")) {
            throw GitFailure.of(Why.FAILED, Words.of(packet.text().substring(HEAD)));
        }
        return packet;
    }

    /** The next line or mark, which must come. */
    Packet expected() throws IOException {
        Packet packet = next();
        if (packet == null) {
            throw GitFailure.malformed("it ends too early");
        }
        return packet;
    }

    private static int length(byte[] head) throws GitFailure {
        String digits = new String(head, UTF_8);
        if (head.length < HEAD || !digits.matches("[0-9a-fA-F]{4}")) {
            throw GitFailure.malformed("it has no lines of the protocol");
        }
        return Integer.parseInt(digits, 16);
    }

    /** Writes lines. */
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer line(String text) {
            byte[] bytes = (text + "\n").getBytes(UTF_8);
            out.writeBytes(
                    String.format(Locale.ROOT, "%04x", bytes.length + HEAD).getBytes(UTF_8));
            out.writeBytes(bytes);
            return this;
        }

        Writer delimiter() {
            out.writeBytes("0001".getBytes(UTF_8));
            return this;
        }

        byte[] flush() {
            out.writeBytes("0000".getBytes(UTF_8));
            return out.toByteArray();
        }
    }
}
