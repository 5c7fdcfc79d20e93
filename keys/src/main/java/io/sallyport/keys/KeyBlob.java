package io.sallyport.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A public key as it is on the wire, of an accepted type, checked. */
final class KeyBlob {
    private final KeyType type;
    private final byte[] bytes;

    /** Takes the bytes as they are; nobody may change them afterwards. */
    KeyBlob(KeyType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** Reads what {@link #base64} gave. */
    static KeyBlob stored(String type, String base64) {
        KeyType known = KeyType.of(type).orElseThrow(() -> new IllegalStateException("stored key of type " + type));
        return new KeyBlob(known, Base64.getDecoder().decode(base64));
    }

    /**
     * What somebody presents, of the accepted type that it names; not checked, so it is a key only if one with its
     * fingerprint is known.
     */
    static Optional<KeyBlob> presented(byte[] blob) {
        try {
            String type = new String(new WireReader(blob).string("type"), StandardCharsets.ISO_8859_1);
            return KeyType.of(type).map(known -> new KeyBlob(known, blob));
        } catch (WireReader.Malformed e) {
            return Optional.empty();
        }
    }

    /** Reads type and base64, as {@link #line} gave them; whatever follows is let pass. */
    static KeyBlob ofLine(String line) {
        String[] words = line.split(" ", 3);
        return stored(words[0], words[1]);
    }

    /** What follows the name of the type. */
    byte[] fields() {
        return Arrays.copyOfRange(bytes, Integer.BYTES + type.sshName().length(), bytes.length);
    }

    KeyType type() {
        return type;
    }

    /** The bytes themselves; nobody may change them. */
    byte[] bytes() {
        return bytes;
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Type and base64, as in a {@code .pub} file. */
    String line() {
        return type.sshName() + " " + base64();
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(bytes);
    }
}
