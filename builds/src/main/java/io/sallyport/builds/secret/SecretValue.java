package io.sallyport.builds.secret;

import io.sallyport.builds.mask.Mask;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody gives as the value of a secret. */
final class SecretValue {
    private SecretValue() {}

    /** One newline at the end is a shell's, not the value's; in a file it stands where it stood. */
    static byte[] of(byte[] body, boolean file) {
        int length = body.length;
        if (!file && length > 0 && body[length - 1] == '\n') {
            length -= length > 1 && body[length - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(body, length);
    }

    /** The text; empty when the bytes are none that a variable can have. */
    static Optional<String> text(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Why it cannot be hidden well. */
    static List<SecretPut.Remark> remarks(String text) {
        Set<SecretPut.Remark> remarks = EnumSet.noneOf(SecretPut.Remark.class);
        if (isShort(text)) {
            remarks.add(SecretPut.Remark.TOO_SHORT);
        } else if (Mask.variety(text) < Mask.FEW) {
            remarks.add(SecretPut.Remark.FEW_CHARACTERS);
        }
        List<String> lines =
                text.strip().lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() > 1 && lines.stream().anyMatch(SecretValue::isShort)) {
            remarks.add(SecretPut.Remark.SHORT_LINES);
        }
        return List.copyOf(remarks);
    }

    /** Whether it has too few characters to be hidden. */
    static boolean isShort(String text) {
        String bare = text.strip();
        return bare.codePointCount(0, bare.length()) < Mask.LEAST;
    }
}
