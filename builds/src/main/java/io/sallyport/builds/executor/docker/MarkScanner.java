package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Finds the marks in one stream, whose bytes come in pieces of any length. For one thread. */
final class MarkScanner {
    /** Takes what the stream consists of, in order. */
    interface Target {
        /** Bytes of the job's; good during the call. */
        void bytes(ByteBuffer bytes) throws IOException;

        void mark(OutputMark.Meaning meaning) throws IOException;
    }

    private static final byte END = '\n';

    private final byte[] prefix;
    private final Target target;
    private final byte[] begun; // what may become a mark
    private int length;

    MarkScanner(OutputMark mark, Target target) {
        this.prefix = mark.prefix();
        this.target = target;
        this.begun = new byte[prefix.length + OutputMark.LONGEST];
    }

    /** Takes the next bytes, all of them. */
    void take(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (length == 0) {
                plain(bytes);
            } else {
                more(bytes.get());
            }
        }
    }

    /** Hands over what has begun like a mark and will be none. */
    void end() throws IOException {
        if (length > 0) {
            int count = length;
            length = 0;
            target.bytes(ByteBuffer.wrap(begun, 0, count));
        }
    }

    /** Hands over all before the next byte that may begin a mark, and keeps that. */
    private void plain(ByteBuffer bytes) throws IOException {
        int at = bytes.position();
        while (at < bytes.limit() && bytes.get(at) != prefix[0]) {
            at++;
        }
        if (at > bytes.position()) {
            ByteBuffer before = bytes.slice(bytes.position(), at - bytes.position());
            bytes.position(at);
            target.bytes(before);
        }
        if (bytes.hasRemaining()) {
            begun[length++] = bytes.get();
        }
    }

    private void more(byte next) throws IOException {
        if (length < prefix.length) {
            if (next != prefix[length]) {
                refuse(next);
                return;
            }
            begun[length++] = next;
        } else if (next == END) {
            String text = new String(begun, prefix.length, length - prefix.length, StandardCharsets.US_ASCII);
            Optional<OutputMark.Meaning> meaning = OutputMark.meaning(text);
            if (meaning.isEmpty()) {
                refuse(next);
                return;
            }
            length = 0;
            target.mark(meaning.get());
        } else if (length == begun.length) {
            refuse(next);
        } else {
            begun[length++] = next;
        }
    }

    /** It was none: the first byte is plain, and the rest looked at again, as a mark may begin in it. */
    private void refuse(byte next) throws IOException {
        byte[] again = Arrays.copyOf(begun, length + 1);
        again[length] = next;
        length = 0;
        target.bytes(ByteBuffer.wrap(again, 0, 1));
        take(ByteBuffer.wrap(again, 1, again.length - 1));
    }
}
