package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names of files, which must be UTF-8 to mean the same on the other side. */
final class FileName {
    private static final String ADVICE = " is not UTF-8: rename the file, or have git ignore it";

    private FileName() {}

    /** The name in these bytes. */
    static String decode(byte[] bytes, int start, int end) throws ClientException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ClientException.BadSource("the file name '" + visible(bytes, start, end) + "'" + ADVICE);
        }
    }

    /** The path as text; the JDK keeps the bytes of a path but shows wrong ones as replacement characters. */
    static String of(Path relative) throws ClientException {
        String text = relative.toString();
        if (text.indexOf('\ufffd') >= 0 && !Path.of(text).equals(relative)) {
            throw new ClientException.BadSource("the file name '" + text + "'" + ADVICE);
        }
        return text;
    }

    private static String visible(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = start; i < end; i++) {
            int b = bytes[i] & 0xff;
            text.append(b >= 0x20 && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        return text.toString();
    }
}
