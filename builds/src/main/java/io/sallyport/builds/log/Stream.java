package io.sallyport.builds.log;

import java.util.Locale;
import java.util.Optional;

/** Whose bytes they are. */
public enum Stream {
    /** What the script wrote to its standard output, unchanged. */
    OUT,
    /** What the script wrote to its standard error, unchanged. */
    ERR,
    /** Whole lines that the gateway says. */
    SYSTEM;

    /** The name in parameters and records, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stream of that label; empty when there is none. */
    public static Optional<Stream> parse(String label) {
        for (Stream stream : values()) {
            if (stream.label().equals(label)) {
                return Optional.of(stream);
            }
        }
        return Optional.empty();
    }

    /** The code in index records, 1 to 3: never that of zeros that a power cut may leave in a file. */
    int code() {
        return switch (this) {
            case OUT -> 1;
            case ERR -> 2;
            case SYSTEM -> 3;
        };
    }

    /** The stream of that code; empty when there is none. */
    static Optional<Stream> ofCode(int code) {
        return switch (code) {
            case 1 -> Optional.of(OUT);
            case 2 -> Optional.of(ERR);
            case 3 -> Optional.of(SYSTEM);
            default -> Optional.empty();
        };
    }
}
