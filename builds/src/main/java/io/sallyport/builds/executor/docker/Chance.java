package io.sallyport.builds.executor.docker;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody else has, and words that nobody can guess. Any thread. */
final class Chance {
    private final SecureRandom random = new SecureRandom();

    /** Hexadecimal digits, two for each byte. */
    String letters(int bytes) {
        byte[] chosen = new byte[bytes];
        random.nextBytes(chosen);
        return HexFormat.of().formatHex(chosen);
    }
}
