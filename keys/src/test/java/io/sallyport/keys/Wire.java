package io.sallyport.keys;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Puts together key lines that no tool would write. */
final class Wire {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Wire string(String text) {
        return string(text.getBytes(StandardCharsets.US_ASCII));
    }

    Wire string(byte[] value) {
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(value.length);
            out.write(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    String line(String type) {
        return type + " " + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static byte[] blob(String line) {
        return Base64.getDecoder().decode(line.split(" ")[1]);
    }
}
