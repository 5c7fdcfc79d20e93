package io.sallyport.keys;

import java.util.Base64;

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

    KeyType type() {
        return type;
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(bytes);
    }
}
