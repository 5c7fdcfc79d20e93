package io.sallyport.keys;

import java.util.Optional;

/**
 * The key id of certificates of the gateway's own authority: whom it was made for, and with which key they asked.
 *
 * @param identity whom it stands for
 * @param fingerprint of the key that asked for it
 */
record KeyId(String identity, String fingerprint) {
    private static final String ASKED_WITH = " asked with ";

    static Optional<KeyId> parse(String text) {
        int at = text.indexOf(ASKED_WITH);
        return at < 0
                ? Optional.empty()
                : Optional.of(new KeyId(text.substring(0, at), text.substring(at + ASKED_WITH.length())));
    }

    @Override
    public String toString() {
        return identity + ASKED_WITH + fingerprint;
    }
}
