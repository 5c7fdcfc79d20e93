package io.sallyport.builds.blob;

import java.util.Optional;

/**
 * A SHA-256 digest, written {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * @param hex the 64 digits alone
 */
public record Digest(String hex) {
    private static final String PREFIX = "sha256:";
    private static final int DIGITS = 64;

    /** Checks the form; a wrong one is a bug of the caller. Text from outside goes through {@link #parse}. */
    public Digest {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("not 64 hexadecimal digits: " + hex);
        }
    }

    /** Reads {@code sha256:HEX}; empty when the text is anything else. */
    public static Optional<Digest> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String hex = text.substring(PREFIX.length());
        return isHex(hex) ? Optional.of(new Digest(hex)) : Optional.empty();
    }

    /** Without a regular expression: a source can have 200,000 of them. */
    private static boolean isHex(String text) {
        boolean hex = text.length() == DIGITS;
        for (int i = 0; i < text.length() && hex; i++) {
            char c = text.charAt(i);
            hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return hex;
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
